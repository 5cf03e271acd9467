/** Why a call failed. */
export class DuelcastError extends Error {
  override readonly name: string;
  /** The protocol's number; 0 when it was not the server that refused. */
  readonly code: number;
  /** Whether the same call may succeed a little later. */
  readonly retryable: boolean;

  constructor(failure: { code: number; name: string; message: string; retryable: boolean }) {
    super(failure.message);
    this.code = failure.code;
    this.name = failure.name;
    this.retryable = failure.retryable;
  }
}

/** What was thrown inside, as an error of ours. */
export function toError(cause: unknown): DuelcastError {
  if (cause instanceof DuelcastError) return cause;
  if (isFailure(cause)) return new DuelcastError(cause);
  return new DuelcastError({ code: 0, name: 'internal', message: String(cause), retryable: false });
}

type Failure = ConstructorParameters<typeof DuelcastError>[0];

function isFailure(cause: unknown): cause is Failure {
  return typeof cause === 'object' && cause !== null && 'code' in cause && 'retryable' in cause;
}

/** Options in seconds, as the wire's milliseconds. */
import { toMs } from '../runtime.js';
import type { BattleConfig } from '../types.js';

/** How long an invitation or a request stands unless said otherwise, in seconds. @internal */
export const DEFAULT_TIMEOUT_S = 10;

/** How a battle shall be fought. Spans in seconds. */
export interface BattleOptions {
  /** 10 s to 60 min; 5 min by default. */
  duration?: number;
  /** False starts at once; true by default. */
  needResponse?: boolean;
  /** With `all`, the default, every invitee must accept; with `any`, one, once all have answered or their time is up. */
  startWhen?: 'all' | 'any';
  /** Yours, at most 2 KiB; told to everybody. */
  extensionInfo?: string;
  /** How long scores from before the end are still counted after it; 0 by default, at most 60 s. */
  settle?: number;
  /** How long losers serve their penalty; 0, none, by default, at most 10 min. */
  penalty?: number;
  /** The battle ends as soon as all but one have left it. */
  endWhenOneLeft?: boolean;
  /** The connection ends with the battle and its penalty. */
  disconnectAfter?: boolean;
}

/** @internal */
export function toWire({
  duration,
  settle,
  penalty,
  ...others
}: BattleOptions): Partial<BattleConfig> {
  return {
    ...others,
    ...(duration !== undefined && { durationMs: toMs(duration) }),
    ...(settle !== undefined && { settleMs: toMs(settle) }),
    ...(penalty !== undefined && { penaltyMs: toMs(penalty) }),
  };
}

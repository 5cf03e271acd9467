/** The wasm, the socket, and how both are doing. */
import type { EmbeddedClient } from './wasm/duelcast.js';

import { headless, type Build, type LoadedBuild } from './builds.js';
import { DuelcastError, toError } from './error.js';
import { registry } from './registry.js';

/** `offline` is for good: one was signed out, the token was refused, another session took over, or the client broke. */
export type ConnectionStatus = 'idle' | 'connecting' | 'online' | 'reconnecting' | 'offline';

/** What {@link init} may be told. */
export interface InitOptions {
  /** Where the server is: `https://host`, without a path. The page's own origin by default. */
  url?: string;
  /**
   * The wasm, if it is not to be loaded from beside this module: `duelcast/duelcast.wasm`, or `duelcast/elements.wasm` where
   * `duelcast/elements` is used.
   */
  wasm?: string | URL | Response | BufferSource | WebAssembly.Module;
  /** The elements' stylesheet, if it is not to be loaded from beside their module: `duelcast/elements.css`. */
  stylesheet?: string | URL;
}

/** A token, or what gives one: at once or as a promise. `wasRefused` says that the last one was not accepted. */
export type TokenSource = string | ((wasRefused: boolean) => string | Promise<string>);

/** How the socket is doing. */
export interface Connection {
  readonly status: ConnectionStatus;
  /** Why it is offline, as a sentence. */
  readonly detail: string;
}

/**
 * Loads the wasm, with `duelcast/elements` its stylesheet too, and starts the client. The first call counts; later ones answer the same. Until then importing this package
 * does nothing.
 *
 * @throws DuelcastError `internal` when either cannot be loaded; the next call tries again.
 */
export function init(options: InitOptions = {}): Promise<void> {
  registry.starting ??= start(options).catch((cause: unknown) => {
    registry.starting = undefined;
    throw toError(cause);
  });
  return registry.starting;
}

async function start(options: InitOptions): Promise<void> {
  registry.options = options;
  let build: Build;
  let loaded: LoadedBuild;
  do {
    build = registry.build ??= headless;
    loaded = await load(build, options.wasm);
  } while (build !== registry.build);
  run(loaded);
}

/** Wasm and styles at the same time. Both are waited for, so that a later try never meets an earlier one's wasm. */
async function load(build: Build, wasm?: InitOptions['wasm']): Promise<LoadedBuild> {
  const [loaded, styles] = await Promise.allSettled([
    instantiate(build, wasm),
    build.loadStyles?.(),
  ]);
  if (loaded.status === 'rejected') throw loaded.reason;
  if (styles.status === 'rejected') throw styles.reason;
  return loaded.value;
}

async function instantiate(build: Build, wasm: InitOptions['wasm']): Promise<LoadedBuild> {
  const loaded = await build.load();
  await loaded.default(wasm === undefined ? undefined : { module_or_path: wasm });
  return loaded;
}

function run(loaded: LoadedBuild): void {
  loaded.onPanic(panicked);
  const url = registry.options.url ?? globalThis.location.origin;
  const client = new loaded.EmbeddedClient(url, (status: Connection['status'], detail: string) =>
    setConnection({ status, detail }),
  );
  registry.started = { client, loaded };
  signIn();
  tell(registry.onClient);
}

/**
 * From now on the page uses this form of the wasm. A client that runs another one already is replaced: its calls are waited
 * for, then its socket closes and the new one joins what was joined. @internal
 */
export async function use(build: Build): Promise<void> {
  const last = registry.build;
  if (last?.hasElements) return;
  registry.build = build;
  if (!registry.started) return;
  const loaded = await load(build).catch((cause: unknown) => {
    registry.build = last;
    throw cause;
  });
  while (registry.callsInFlight > 0)
    await new Promise<void>((resolve) => registry.onIdle.add(resolve));
  if (!registry.started || registry.panic !== undefined) return;
  const { client: former } = registry.started;
  registry.started = undefined;
  former.end();
  run(loaded);
}

function setConnection(connection: Connection): void {
  const { status, detail } = registry.connection;
  if (status === connection.status && detail === connection.detail) return;
  registry.connection = Object.freeze(connection);
  tell(registry.onConnection);
}

/** A client breaks once, also when it says so more than once. */
function panicked(error: Error): void {
  if (registry.panic !== undefined) return;
  registry.panic = error.message;
  setConnection({ status: 'offline', detail: 'The client broke; load the page again.' });
  tell(registry.onPanic, error.message, error);
}

/** The client, or what is missing. @internal */
export function client(): EmbeddedClient {
  if (registry.panic !== undefined) throw broken();
  if (registry.started) return registry.started.client;
  throw failure('notInitialized', 'Call init() first.');
}

/** Whether {@link client} would answer. @internal */
export function hasClient(): boolean {
  return registry.started !== undefined && registry.panic === undefined;
}

function broken(): DuelcastError {
  return failure('broken', `The client broke: ${registry.panic}`);
}

function failure(name: string, message: string): DuelcastError {
  return new DuelcastError({ code: 0, name, message, retryable: false });
}

/**
 * Connects as whom the token says, and from then on reconnects. Calls wait for the socket, 10 s at most. Logging in once more
 * with the same token, or function, does nothing while that session lasts. Before `init` has ended it takes effect then.
 */
export function login(token: TokenSource): void {
  const isSame = registry.token === token && registry.connection.status !== 'offline';
  registry.token = token;
  if (!isSame && hasClient()) signIn();
}

function signIn(): void {
  const { token } = registry;
  if (token !== undefined) client().signIn(typeof token === 'string' ? () => token : token);
}

/** Closes the socket. Lives stay open, and are joined again after the next login. */
export function logout(): void {
  registry.token = undefined;
  if (hasClient()) client().signOut();
}

/** How the socket is doing. */
export function getConnection(): Connection {
  return registry.connection;
}

/** Calls `listener` whenever {@link getConnection} answers something else. Answers how to stop. */
export function onConnectionChange(listener: () => void): () => void {
  return listen(registry.onConnection, listener);
}

/**
 * The client broke and is of no use until the page is loaded again; the page itself goes on. Calls fail with `broken`, also those
 * under way. `error` is what the browser threw: its stack names functions of the wasm by number. `message` is the error's. Told
 * once. Answers how to stop listening.
 */
export function onPanic(listener: (message: string, error: Error) => void): () => void {
  return listen(registry.onPanic, listener);
}

/** Breaks the client, to try what your page does in {@link onPanic}. */
export function breakOnPurpose(): void {
  client();
  try {
    registry.started?.loaded.breakOnPurpose();
  } catch {
    // The panic was told to who listens; what is caught here is only its echo.
  }
}

/**
 * Server time in milliseconds since the Unix epoch: what countdowns count from.
 *
 * @throws DuelcastError `notInitialized` before `init`.
 */
export function serverNow(): number {
  return client().now();
}

/** Calls a method of the protocol. @internal */
export function call<Reply>(method: string, params: object): Promise<Reply> {
  return ask((current) => current.call(method, JSON.stringify(params)) as Promise<Reply>);
}

/** Asks the client for something, once there is one. While it is asked it is not replaced. @internal */
export async function ask<Reply>(
  question: (current: EmbeddedClient) => Promise<Reply>,
): Promise<Reply> {
  if (!registry.started) await registry.starting;
  const current = client();
  registry.callsInFlight += 1;
  try {
    return await unlessBroken(() => question(current));
  } catch (cause) {
    throw registry.panic === undefined ? toError(cause) : broken();
  } finally {
    registry.callsInFlight -= 1;
    if (registry.callsInFlight === 0) {
      tell(registry.onIdle);
      registry.onIdle.clear();
    }
  }
}

/** A client that broke never answers what it was asked before. */
async function unlessBroken<Reply>(question: () => Promise<Reply>): Promise<Reply> {
  let stop = () => {};
  try {
    return await new Promise<Reply>((resolve, reject) => {
      stop = listen(registry.onPanic, reject);
      question().then(resolve, reject);
    });
  } finally {
    stop();
  }
}

/** Adds a listener, also one that is there already; answers how to remove it. @internal */
export function listen<Args extends unknown[]>(
  listeners: Set<(...args: Args) => void>,
  listener: (...args: Args) => void,
): () => void {
  const own = (...args: Args) => listener(...args);
  listeners.add(own);
  return () => void listeners.delete(own);
}

/** Calls all of them; one that throws is reported, and keeps no other from hearing. @internal */
export function tell<Args extends unknown[]>(
  listeners: Set<(...args: Args) => void>,
  ...args: Args
): void {
  for (const listener of [...listeners]) {
    try {
      listener(...args);
    } catch (cause) {
      report(cause);
    }
  }
}

/** As an uncaught error of the page; Node has no `reportError`. */
function report(cause: unknown): void {
  if (typeof reportError === 'function') reportError(cause);
  else console.error(cause);
}

/** Seconds as the whole milliseconds of the wire. @internal */
export function toMs(seconds: number): number {
  return Math.round(seconds * 1000);
}

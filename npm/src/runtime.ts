/** The wasm, the socket, and how both are doing. */
import type { EmbeddedClient } from './wasm/duelcast.js';

import { DuelcastError, toError } from './error.js';

export type ConnectionStatus = 'idle' | 'connecting' | 'online' | 'reconnecting' | 'offline';

export interface InitOptions {
  /** Where the server is: `https://host`, without a path. The page's own origin by default. */
  url?: string;
  /** The wasm, if it is not to be loaded from beside this module. */
  wasm?: string | URL | Response | BufferSource | WebAssembly.Module;
}

/** A token, or what gives one: at once or as a promise. `wasRefused` says that the last one was not accepted. */
export type TokenSource = string | ((wasRefused: boolean) => string | Promise<string>);

export interface Connection {
  readonly status: ConnectionStatus;
  /** Why it is offline, as a sentence. */
  readonly detail: string;
}

let loading: Promise<void> | undefined;
let current: EmbeddedClient | undefined;
let connection: Connection = Object.freeze({ status: 'idle', detail: '' });
const connectionListeners = new Set<() => void>();
const panicListeners = new Set<(message: string) => void>();

/** Loads the wasm. The first call counts; later ones answer the same. Until then importing this package does nothing. */
export function init(options: InitOptions = {}): Promise<void> {
  loading ??= load(options).catch((cause: unknown) => {
    loading = undefined;
    throw toError(cause);
  });
  return loading;
}

async function load({ url, wasm }: InitOptions): Promise<void> {
  const module = await import('./wasm/duelcast.js');
  await module.default(wasm === undefined ? undefined : { module_or_path: wasm });
  module.onPanic((message: string) => panicListeners.forEach((listener) => listener(message)));
  current = new module.EmbeddedClient(url ?? globalThis.location.origin, (status: ConnectionStatus, detail: string) => {
    connection = Object.freeze({ status, detail });
    connectionListeners.forEach((listener) => listener());
  });
}

/** The client. @internal */
export function client(): EmbeddedClient {
  if (current) return current;
  throw new DuelcastError({ code: 0, name: 'notInitialized', message: 'Call init() first.', retryable: false });
}

/** Connects as whom the token says, and from then on reconnects. Calls wait for the socket, 10 s at most. */
export function login(token: TokenSource): void {
  client().signIn(typeof token === 'string' ? () => token : token);
}

/** Closes the socket. */
export function logout(): void {
  client().signOut();
}

/** How the socket is doing. */
export function getConnection(): Connection {
  return connection;
}

/** Calls `listener` whenever {@link getConnection} answers something else. */
export function onConnectionChange(listener: () => void): () => void {
  return listen(connectionListeners, listener);
}

/** The client broke and is of no use until the page is loaded again; the page itself goes on. */
export function onPanic(listener: (message: string) => void): () => void {
  return listen(panicListeners, listener);
}

/** Server time in milliseconds since the Unix epoch: what countdowns count from. */
export function serverNow(): number {
  return client().now();
}

/** Calls a method of the protocol. @internal */
export async function call<Reply>(method: string, params: object): Promise<Reply> {
  try {
    return (await client().call(method, JSON.stringify(params))) as Reply;
  } catch (cause) {
    throw toError(cause);
  }
}

/** Adds a listener; answers how to remove it. @internal */
export function listen<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Seconds as the whole milliseconds of the wire. @internal */
export function toMs(seconds: number): number {
  return Math.round(seconds * 1000);
}

/**
 * What there is once on a page, however often this package was evaluated: by two bundles, by its several entries, again by hot
 * reload. A later copy uses the socket of the first one. @internal
 */
import type { EmbeddedClient } from './wasm/duelcast.js';

import type { Build, LoadedBuild } from './builds.js';
import type { Room } from './room.js';
import type { Connection, InitOptions, TokenSource } from './runtime.js';

/** Copies of other versions have a registry, and a socket, of their own. */
const KEY = Symbol.for('duelcast@0.1');

/** @internal */
export interface Registry {
  /** The wasm to load, or the one that is loaded. */
  build: Build | undefined;
  options: InitOptions;
  starting: Promise<void> | undefined;
  /** What elements look like, once a build with elements was loaded. */
  stylesheet: CSSStyleSheet | undefined;
  started: { client: EmbeddedClient; loaded: LoadedBuild } | undefined;
  /** Why the client is of no use any more. */
  panic: string | undefined;
  token: TokenSource | undefined;
  connection: Connection;
  callsInFlight: number;
  readonly rooms: Map<string, Room>;
  readonly onClient: Set<() => void>;
  readonly onIdle: Set<() => void>;
  readonly onConnection: Set<() => void>;
  readonly onPanic: Set<(message: string, error: Error) => void>;
}

/** @internal */
export const registry: Registry = ((globalThis as Record<symbol, unknown>)[KEY] ??=
  create()) as Registry;

function create(): Registry {
  return {
    build: undefined,
    options: {},
    starting: undefined,
    stylesheet: undefined,
    started: undefined,
    panic: undefined,
    token: undefined,
    connection: Object.freeze({ status: 'idle', detail: '' }),
    callsInFlight: 0,
    rooms: new Map(),
    onClient: new Set(),
    onIdle: new Set(),
    onConnection: new Set(),
    onPanic: new Set(),
  };
}

/** Live battles for voice rooms. Call {@link init} and {@link login} first. */
export { DuelcastError } from './error.js';
export {
  getConnection,
  init,
  login,
  logout,
  onConnectionChange,
  onPanic,
  serverNow,
  type Connection,
  type ConnectionStatus,
  type InitOptions,
  type TokenSource,
} from './runtime.js';
export type { Watchable } from './store.js';
export * from './stores.js';
export type * from './types.js';

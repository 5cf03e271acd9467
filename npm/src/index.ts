/** Live battles for voice rooms. Call {@link init} and {@link login} first. */
export { DuelcastError } from './error.js';
export {
  breakOnPurpose,
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
export * from './stores/index.js';
export type * from './types.js';

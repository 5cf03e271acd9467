/**
 * The stores. Spans that are passed in are seconds; what the server says is in the units of its names, see `types.ts`. Methods
 * fail with a `DuelcastError`: with what the server refused, which is said at each, or because it was not reached, which is
 * said here: `notInitialized` before `init`, `notSignedIn` before `login`, `offline` after the end of a session, `connectionLost`
 * and `timedOut` (10 s), both retryable, `tooManyCalls` beyond 128 at a time, `broken` after a panic. Any method of a live may
 * be refused with `roomNotExist`, `noPermission`, `invalidParams` or, retryable, `unavailable`.
 */
export { BarrageStore, type BarrageState } from './barrage.js';
export { BattleStore, type BattleReply, type BattleState } from './battle.js';
export {
  CoHostStore,
  type CoHostCode,
  type CoHostState,
  type HostConnectionOptions,
} from './co-host.js';
export { LiveStore, type LiveState } from './live.js';
export { LiveListStore, type LiveListState, type NewLive } from './live-list.js';
export type { BattleOptions } from './options.js';
export { LiveSeatStore, type LiveSeatState } from './seats.js';
export { LiveBoundStore, type Watchable } from './store.js';

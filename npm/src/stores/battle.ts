/** Battles between the owners of connected lives. */
import { call, toMs } from '../runtime.js';
import type {
  BattleInfo,
  BattleRequest,
  BattleResult,
  EventName,
  LiveSnapshot,
  RejectReason,
} from '../types.js';
import { DEFAULT_TIMEOUT_S, toWire, type BattleOptions } from './options.js';
import { LiveBoundStore, none } from './store.js';

type BattleEvents = Extract<EventName, `onBattle${string}` | 'onUserExitBattle'>;

/** The battle of a live. */
export interface BattleState {
  /** The battle that is on, or the last one, with its final scores, until the next one starts. */
  currentBattleInfo: BattleInfo | undefined;
  /** By user id. */
  battleScore: Record<string, number>;
  result: BattleResult | undefined;
  /** The request that awaits consent. */
  requestSent: BattleRequest | undefined;
  /** The inbox, each with its own `expiresAt`. */
  requestsReceived: BattleRequest[];
}

/** What became of {@link BattleStore.requestBattle}. */
export interface BattleReply {
  battleId: string;
  /** The battle, if it started at once. */
  battleInfo?: BattleInfo;
  /** The request, if consent is awaited. */
  request?: BattleRequest;
  /** One code for each user asked; 0 is ok. */
  results: Record<string, number>;
}

/** Battles between the owners of connected lives. Scores change over REST only, by a service, and have no event: see the state. */
export class BattleStore extends LiveBoundStore<BattleState, BattleEvents> {
  /** A store of this live; opens nothing. */
  static create(liveID: string): BattleStore {
    return new BattleStore(liveID);
  }

  protected read(snapshot: LiveSnapshot | undefined): BattleState {
    const battle = snapshot?.battle;
    return {
      currentBattleInfo: battle,
      battleScore: Object.fromEntries(
        (battle?.sides ?? []).map((side) => [side.user.userId, side.score]),
      ),
      result: battle?.result,
      requestSent: snapshot?.private.battleRequestSent,
      requestsReceived: snapshot?.private.battleRequestsReceived ?? none(),
    };
  }

  /**
   * Asks owners of connected lives to battle; `timeout` in seconds, 1 to 30. Events: `onBattleRequestReceived` to each, or
   * `onBattleStarted` to everybody where no response is needed. What comes to nothing ends with `onBattleRequestEnded`.
   *
   * @throws DuelcastError `connectionNotExist`, `noValidRoom`, `inOtherBattle`, `pendingBattleRequest`.
   */
  requestBattle(
    userIdList: string[],
    config: BattleOptions = {},
    timeout = DEFAULT_TIMEOUT_S,
  ): Promise<BattleReply> {
    const params = { userIdList, config: toWire(config), timeoutMs: toMs(timeout) };
    return call('requestBattle', { liveId: this.liveID, ...params });
  }

  /**
   * Takes the request back, from these users or from all. Event: `onBattleRequestCancelled`.
   *
   * @throws DuelcastError `battleNotExistOrEnded`, `cannotCancelRunningBattle`.
   */
  cancelBattleRequest(battleId: string, userIdList?: string[]): Promise<void> {
    return this.tell('cancelBattleRequest', { battleId, userIdList });
  }

  /**
   * Accepts. Events: `onBattleRequestAccepted`, and `onBattleStarted` once all that is needed have accepted.
   *
   * @throws DuelcastError `battleNotExistOrEnded`.
   */
  acceptBattle(battleId: string): Promise<void> {
    return this.tell('acceptBattle', { battleId });
  }

  /** Declines. Event: `onBattleRequestRejected`. @throws DuelcastError `battleNotExistOrEnded`. */
  rejectBattle(battleId: string, reason: RejectReason = 'declined'): Promise<void> {
    return this.tell('rejectBattle', { battleId, reason });
  }

  /**
   * Leaves the battle; one's score stays, marked as exited. Event: `onUserExitBattle`; when all have left, `onBattleEnded`.
   *
   * @throws DuelcastError `battleNotExistOrEnded`, `battleNotStarted`, `roomNotInBattle`, `battleHasEnded`.
   */
  exitBattle(battleId: string): Promise<void> {
    return this.tell('exitBattle', { battleId });
  }

  /** The winner lets the losers off. Event: `onBattlePenaltyEnded`. @throws DuelcastError `battleHasEnded`, `noPermission`. */
  endPenalty(battleId: string): Promise<void> {
    return this.tell('endPenalty', { battleId });
  }

  private async tell(method: string, params: object): Promise<void> {
    await call(method, { liveId: this.liveID, ...params });
  }
}

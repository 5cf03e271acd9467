/** Connecting lives. */
import { call, toMs } from '../runtime.js';
import type {
  CoHostInvitation,
  CoHostLive,
  EventName,
  LiveCard,
  LiveSnapshot,
  RejectReason,
} from '../types.js';
import { DEFAULT_TIMEOUT_S, toWire, type BattleOptions } from './options.js';
import { LiveBoundStore, none } from './store.js';

type CoHostEvents = Extract<EventName, `onCoHost${string}` | 'onRemoteHostAudioChanged'>;

const LAYOUT_6V6 = 1;

/** Whom to invite, and how. */
export interface HostConnectionOptions {
  /** Ids of the lives to invite. */
  targetHosts: string[];
  /** 1 by default: 6v6. */
  layoutTemplate?: number;
  /** Seconds, 1 to 30; 10 by default. */
  timeout?: number;
  /** Yours, at most 2 KiB; told to those invited. */
  extraInfo?: string;
  /** A battle that starts as soon as all these invitations are settled and at least one was accepted. */
  battle?: BattleOptions;
}

/** 0 ok, 1 roomNotExist, 2 connecting, 3 connectingOtherRoom, 4 full, 5 retry. */
export type CoHostCode = 0 | 1 | 2 | 3 | 4 | 5;

/** What a live is connected with, and who asks whom. */
export interface CoHostState {
  status: 'disconnected' | 'connected';
  layoutTemplate: number;
  /** In order of joining, this live included. */
  connected: CoHostLive[];
  /** Open invitations that one sent. */
  invitees: CoHostInvitation[];
  /** The inbox, each with its own `expiresAt`. */
  applicants: CoHostInvitation[];
  /** Other lives that are muted for the audience of this one. */
  mutedLiveIds: string[];
}

/** Connecting lives; methods are for the live's owner. */
export class CoHostStore extends LiveBoundStore<CoHostState, CoHostEvents> {
  /** A store of this live; opens nothing. */
  static create(liveID: string): CoHostStore {
    return new CoHostStore(liveID);
  }

  protected read(snapshot: LiveSnapshot | undefined): CoHostState {
    return {
      status: snapshot?.coHost.status ?? 'disconnected',
      layoutTemplate: snapshot?.coHost.layoutTemplate ?? LAYOUT_6V6,
      connected: snapshot?.coHost.connected ?? none(),
      invitees: snapshot?.private.invitees ?? none(),
      applicants: snapshot?.private.applicants ?? none(),
      mutedLiveIds: snapshot?.coHost.mutedLiveIds ?? none(),
    };
  }

  /** One page of lives that may be invited, newest first; an empty `cursor` in the answer means the end. */
  getCoHostCandidates(cursor = ''): Promise<{ lives: LiveCard[]; cursor: string }> {
    return call('getCoHostCandidates', { liveId: this.liveID, cursor });
  }

  /**
   * Invites; answers one code for each target. Event, to each: `onCoHostRequestReceived`. Two lives that invite each other are
   * connected at once.
   *
   * @throws DuelcastError `connectionOrBattleLimitExceeded`, `tooFrequent` (retryable).
   */
  async requestHostConnection(options: HostConnectionOptions): Promise<Record<string, CoHostCode>> {
    const {
      targetHosts,
      layoutTemplate = LAYOUT_6V6,
      timeout = DEFAULT_TIMEOUT_S,
      extraInfo = '',
      battle,
    } = options;
    const params = { targetHosts, layoutTemplate, timeoutMs: toMs(timeout), extraInfo };
    const reply = await call<{ results: Record<string, CoHostCode> }>('requestHostConnection', {
      liveId: this.liveID,
      ...params,
      ...(battle && { battle: toWire(battle) }),
    });
    return reply.results;
  }

  /** Takes an invitation back. Event, to both: `onCoHostRequestCancelled`. @throws DuelcastError `connectionNotExist`. */
  async cancelHostConnection(toHostLiveID: string): Promise<void> {
    await call('cancelHostConnection', { liveId: this.liveID, toHostLiveId: toHostLiveID });
  }

  /**
   * Accepts an invitation. Events: `onCoHostRequestAccepted` to both, `onCoHostUserJoined` to everybody.
   *
   * @throws DuelcastError `connectionNotExist`, `roomInConnection`, `roomConnectedInOther`, `connectionOrBattleLimitExceeded` when
   * the connection has filled up.
   */
  async acceptHostConnection(fromHostLiveID: string): Promise<void> {
    await call('acceptHostConnection', { liveId: this.liveID, fromHostLiveId: fromHostLiveID });
  }

  /** Declines an invitation. Event, to both: `onCoHostRequestRejected`. @throws DuelcastError `connectionNotExist`. */
  async rejectHostConnection(
    fromHostLiveID: string,
    reason: RejectReason = 'declined',
  ): Promise<void> {
    await call('rejectHostConnection', {
      liveId: this.liveID,
      fromHostLiveId: fromHostLiveID,
      reason,
    });
  }

  /** Leaves the connection, and its battle. Event, to everybody: `onCoHostUserLeft`. @throws DuelcastError `connectionNotExist`. */
  async exitHostConnection(): Promise<void> {
    await call('exitHostConnection', { liveId: this.liveID });
  }

  /**
   * Mutes another live of the connection for everyone in one's own, or lets it be heard again. Event: `onRemoteHostAudioChanged`.
   *
   * @throws DuelcastError `connectionNotExist`.
   */
  async muteRemoteHostAudio(targetLiveID: string, isMuted: boolean): Promise<void> {
    await call('muteRemoteHostAudio', { liveId: this.liveID, targetLiveId: targetLiveID, isMuted });
  }
}

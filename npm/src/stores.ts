/** The stores. Spans that are passed in are seconds; what the server says is in the units of its names, see `types.ts`. */
import { call, listen, toMs } from './runtime.js';
import { share } from './share.js';
import { LiveBoundStore, subscribeTo, type Watchable } from './store.js';
import type {
  BannedUser,
  BattleConfig,
  BattleInfo,
  BattleRequest,
  BattleResult,
  ChatItem,
  CoHostInvitation,
  CoHostLive,
  EventName,
  Gift,
  LiveCard,
  LiveInfo,
  LiveSnapshot,
  LiveSummary,
  MoveSeatPolicy,
  RejectReason,
  SeatApplication,
  SeatInfo,
  SeatInvitation,
  SeatMode,
} from './types.js';

type LiveEvents =
  | 'onLiveEnded'
  | 'onLiveInfoChanged'
  | 'onUserOnline'
  | 'onUserOffline'
  | 'onKickedOutOfLive'
  | 'onAudienceMessageDisabled';
type SeatEvents = Extract<EventName, `onSeat${string}` | 'onKickedOffSeat'>;
type CoHostEvents = Extract<EventName, `onCoHost${string}` | 'onRemoteHostAudioChanged'>;
type BattleEvents = Extract<EventName, `onBattle${string}` | 'onUserExitBattle'>;
type ChatEvents = 'onTextMessage' | 'onGift';

const DEFAULT_TIMEOUT_S = 10;
const LAYOUT_6V6 = 1;

export interface LiveState {
  info: LiveInfo | undefined;
  viewerCount: number;
  likes: number;
  /** Who may not send texts: for the owner and admins everyone, else at most oneself. */
  messageDisabledUserIds: string[];
}

/** Joining and leaving a live. */
export class LiveStore extends LiveBoundStore<LiveState, LiveEvents> {
  static create(liveID: string): LiveStore {
    return new LiveStore(liveID);
  }

  protected read(snapshot: LiveSnapshot | undefined): LiveState {
    return {
      info: snapshot?.live,
      viewerCount: snapshot?.viewerCount ?? 0,
      likes: snapshot?.likes ?? 0,
      messageDisabledUserIds: snapshot?.private.messageDisabledUserIds ?? none(),
    };
  }

  /** Receives state and events of the live from now on, also after the socket was lost. Joining twice does no harm. */
  join(): Promise<void> {
    return this.room.join();
  }

  /** Stops receiving. A seat is kept until `leaveSeat`. */
  leave(): Promise<void> {
    return this.room.leave();
  }

  /** Ends the live; its owner only. Event: `onLiveEnded`. */
  endLive(): Promise<LiveSummary> {
    return call('endLive', { liveId: this.liveID });
  }

  /** Puts a user out, who may come back; the owner anyone, admins the audience. Event, to that user: `onKickedOutOfLive`. */
  async kickUserOutOfRoom(userId: string): Promise<void> {
    await call('kickUserOutOfRoom', { liveId: this.liveID, userId });
  }

  /** Puts a user out for that many seconds, or until `unbanUser`. Event, to that user: `onKickedOutOfLive`. */
  banUser(userId: string, duration?: number): Promise<BannedUser> {
    const durationMs = duration === undefined ? undefined : toMs(duration);
    return call('banUser', { liveId: this.liveID, userId, durationMs });
  }

  async unbanUser(userId: string): Promise<void> {
    await call('unbanUser', { liveId: this.liveID, userId });
  }

  /** One page of those who are banned, by user id; owner and admins only. An empty cursor starts and ends the list. */
  fetchBannedUsers(cursor = '', count = 20): Promise<{ users: BannedUser[]; cursor: string }> {
    return call('fetchBannedUsers', { liveId: this.liveID, cursor, count });
  }

  /** Forbids or allows a user to send texts. Event, to owner, admins and that user: `onAudienceMessageDisabled`. */
  async disableSendMessage(userId: string, isDisable: boolean): Promise<void> {
    await call('disableSendMessage', { liveId: this.liveID, userId, isDisable });
  }

  /** Sends that many likes. */
  async sendLike(count = 1): Promise<void> {
    await call('sendLike', { liveId: this.liveID, count });
  }
}

export interface LiveSeatState {
  /** Of this live first, then of the connected ones in their order; by index within a live. */
  seatList: SeatInfo[];
  /** Open applications: everyone's for the owner and admins, else one's own. */
  applications: SeatApplication[];
  /** Open invitations: everyone's for the owner and admins, else one's own. */
  invitations: SeatInvitation[];
}

const NOTHING: readonly never[] = Object.freeze([]);

function none<T>(): T[] {
  return NOTHING as unknown as T[];
}

/** Seats. Methods fail with a {@link DuelcastError}; what they change arrives as `onSeatListChanged`. */
export class LiveSeatStore extends LiveBoundStore<LiveSeatState, SeatEvents> {
  static create(liveID: string): LiveSeatStore {
    return new LiveSeatStore(liveID);
  }

  protected read(snapshot: LiveSnapshot | undefined): LiveSeatState {
    return {
      seatList: snapshot?.seats ?? none(),
      applications: snapshot?.private.seatApplications ?? none(),
      invitations: snapshot?.private.seatInvitations ?? none(),
    };
  }

  /** Takes this seat, or any free one; answers which. */
  async takeSeat(index?: number): Promise<number> {
    return (await this.ask<{ index: number }>('takeSeat', { index })).index;
  }

  async leaveSeat(): Promise<void> {
    await this.ask('leaveSeat');
  }

  async lockSeat(index: number): Promise<void> {
    await this.ask('lockSeat', { index });
  }

  async unlockSeat(index: number): Promise<void> {
    await this.ask('unlockSeat', { index });
  }

  /** Event, to that user: `onKickedOffSeat`. */
  async kickUserOutOfSeat(userId: string): Promise<void> {
    await this.ask('kickUserOutOfSeat', { userId });
  }

  async moveUserToSeat(userId: string, index: number, policy: MoveSeatPolicy = 'abortWhenOccupied'): Promise<void> {
    await this.ask('moveUserToSeat', { userId, index, policy });
  }

  /** `timeout` in seconds, 1 to 30. Event, to owner and admins: `onSeatApplicationReceived`. */
  async applyForSeat(index?: number, timeout = DEFAULT_TIMEOUT_S): Promise<void> {
    await this.ask('applyForSeat', { index, timeoutMs: toMs(timeout) });
  }

  async cancelApplication(): Promise<void> {
    await this.ask('cancelApplication');
  }

  /** Answers the seat that the user got. */
  async acceptApplication(userId: string): Promise<number> {
    return (await this.ask<{ index: number }>('acceptApplication', { userId })).index;
  }

  async rejectApplication(userId: string): Promise<void> {
    await this.ask('rejectApplication', { userId });
  }

  /** `timeout` in seconds, 1 to 30. Event, to that user: `onSeatInvitationReceived`. */
  async inviteToSeat(userId: string, index?: number, timeout = DEFAULT_TIMEOUT_S): Promise<void> {
    await this.ask('inviteToSeat', { userId, index, timeoutMs: toMs(timeout) });
  }

  async cancelInvitation(userId: string): Promise<void> {
    await this.ask('cancelInvitation', { userId });
  }

  /** Answers the seat that one got. */
  async acceptInvitation(): Promise<number> {
    return (await this.ask<{ index: number }>('acceptInvitation')).index;
  }

  async rejectInvitation(): Promise<void> {
    await this.ask('rejectInvitation');
  }

  async muteMicrophone(): Promise<void> {
    await this.ask('muteMicrophone');
  }

  async unmuteMicrophone(): Promise<void> {
    await this.ask('unmuteMicrophone');
  }

  /** Allows a microphone again; its user opens it. */
  async openRemoteMicrophone(userId: string): Promise<void> {
    await this.ask('openRemoteMicrophone', { userId });
  }

  /** Closes a microphone and forbids to open it. */
  async closeRemoteMicrophone(userId: string): Promise<void> {
    await this.ask('closeRemoteMicrophone', { userId });
  }

  private ask<Reply>(method: string, params: object = {}): Promise<Reply> {
    return call(method, { liveId: this.liveID, ...params });
  }
}

/** How a battle shall be fought. Spans in seconds. */
export interface BattleOptions {
  /** 10 s to 60 min; 5 min by default. */
  duration?: number;
  /** False starts at once; true by default. */
  needResponse?: boolean;
  startWhen?: 'all' | 'any';
  extensionInfo?: string;
  /** How long scores from before the end are still counted after it; at most 60 s. */
  settle?: number;
  /** How long losers serve their penalty; at most 10 min. 0 is none. */
  penalty?: number;
  endWhenOneLeft?: boolean;
  disconnectAfter?: boolean;
}

function toWire({ duration, settle, penalty, ...others }: BattleOptions): Partial<BattleConfig> {
  return {
    ...others,
    ...(duration !== undefined && { durationMs: toMs(duration) }),
    ...(settle !== undefined && { settleMs: toMs(settle) }),
    ...(penalty !== undefined && { penaltyMs: toMs(penalty) }),
  };
}

export interface HostConnectionOptions {
  targetHosts: string[];
  /** 1 by default: 6v6. */
  layoutTemplate?: number;
  /** Seconds, 1 to 30; 10 by default. */
  timeout?: number;
  /** At most 2 KiB. */
  extraInfo?: string;
  /** A battle that starts as soon as all these invitations are settled and at least one was accepted. */
  battle?: BattleOptions;
}

/** 0 ok, 1 roomNotExist, 2 connecting, 3 connectingOtherRoom, 4 full, 5 retry. */
export type CoHostCode = 0 | 1 | 2 | 3 | 4 | 5;

export interface CoHostState {
  status: 'disconnected' | 'connected';
  layoutTemplate: number;
  /** In order of joining, this live included. */
  connected: CoHostLive[];
  /** Open invitations that one sent. */
  invitees: CoHostInvitation[];
  /** The inbox, each with its own `expiresAt`. */
  applicants: CoHostInvitation[];
  /** Other lives that nobody in this one hears. */
  mutedLiveIds: string[];
}

/** Connecting lives. */
export class CoHostStore extends LiveBoundStore<CoHostState, CoHostEvents> {
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

  /** Invites; answers one code for each target. Event, to each: `onCoHostRequestReceived`. */
  async requestHostConnection(options: HostConnectionOptions): Promise<Record<string, CoHostCode>> {
    const { targetHosts, layoutTemplate = LAYOUT_6V6, timeout = DEFAULT_TIMEOUT_S, extraInfo = '', battle } = options;
    const params = { targetHosts, layoutTemplate, timeoutMs: toMs(timeout), extraInfo };
    const reply = await call<{ results: Record<string, CoHostCode> }>('requestHostConnection', {
      liveId: this.liveID,
      ...params,
      ...(battle && { battle: toWire(battle) }),
    });
    return reply.results;
  }

  /** Event, to both: `onCoHostRequestCancelled`. */
  async cancelHostConnection(toHostLiveID: string): Promise<void> {
    await call('cancelHostConnection', { liveId: this.liveID, toHostLiveId: toHostLiveID });
  }

  /** Events: `onCoHostRequestAccepted` to both, `onCoHostUserJoined` to everybody. */
  async acceptHostConnection(fromHostLiveID: string): Promise<void> {
    await call('acceptHostConnection', { liveId: this.liveID, fromHostLiveId: fromHostLiveID });
  }

  /** Event, to both: `onCoHostRequestRejected`. */
  async rejectHostConnection(fromHostLiveID: string, reason: RejectReason = 'declined'): Promise<void> {
    await call('rejectHostConnection', { liveId: this.liveID, fromHostLiveId: fromHostLiveID, reason });
  }

  /** Event, to everybody: `onCoHostUserLeft`. */
  async exitHostConnection(): Promise<void> {
    await call('exitHostConnection', { liveId: this.liveID });
  }

  /** Mutes another live of the connection for everyone in one's own. Event: `onRemoteHostAudioChanged`. */
  async muteRemoteHostAudio(targetLiveID: string, isMuted: boolean): Promise<void> {
    await call('muteRemoteHostAudio', { liveId: this.liveID, targetLiveId: targetLiveID, isMuted });
  }
}

export interface BattleState {
  /** The battle that is on, or the last one, with its final scores, until the next one starts. */
  currentBattleInfo: BattleInfo | undefined;
  /** By user id. */
  battleScore: Record<string, number>;
  result: BattleResult | undefined;
  requestSent: BattleRequest | undefined;
  /** The inbox, each with its own `expiresAt`. */
  requestsReceived: BattleRequest[];
}

export interface BattleReply {
  battleId: string;
  /** The battle, if it started at once. */
  battleInfo?: BattleInfo;
  /** The request, if consent is awaited. */
  request?: BattleRequest;
  /** One code for each user asked; 0 is ok. */
  results: Record<string, number>;
}

/** Battles between the owners of connected lives. Scores change over REST only, by a service. */
export class BattleStore extends LiveBoundStore<BattleState, BattleEvents> {
  static create(liveID: string): BattleStore {
    return new BattleStore(liveID);
  }

  protected read(snapshot: LiveSnapshot | undefined): BattleState {
    const battle = snapshot?.battle;
    return {
      currentBattleInfo: battle,
      battleScore: Object.fromEntries((battle?.sides ?? []).map((side) => [side.user.userId, side.score])),
      result: battle?.result,
      requestSent: snapshot?.private.battleRequestSent,
      requestsReceived: snapshot?.private.battleRequestsReceived ?? none(),
    };
  }

  /** `timeout` in seconds, 1 to 30. Events: `onBattleRequestReceived`, or `onBattleStarted` where no response is needed. */
  requestBattle(userIdList: string[], config: BattleOptions = {}, timeout = DEFAULT_TIMEOUT_S): Promise<BattleReply> {
    const params = { userIdList, config: toWire(config), timeoutMs: toMs(timeout) };
    return call('requestBattle', { liveId: this.liveID, ...params });
  }

  /** Takes the request back, from these users or from all. Event: `onBattleRequestCancelled`. */
  cancelBattleRequest(battleId: string, userIdList?: string[]): Promise<void> {
    return this.tell('cancelBattleRequest', { battleId, userIdList });
  }

  /** Events: `onBattleRequestAccepted`, and `onBattleStarted` once all that is needed have accepted. */
  acceptBattle(battleId: string): Promise<void> {
    return this.tell('acceptBattle', { battleId });
  }

  /** Event: `onBattleRequestRejected`. */
  rejectBattle(battleId: string, reason: RejectReason = 'declined'): Promise<void> {
    return this.tell('rejectBattle', { battleId, reason });
  }

  /** Leaves the battle; one's score stays. Event: `onUserExitBattle`. */
  exitBattle(battleId: string): Promise<void> {
    return this.tell('exitBattle', { battleId });
  }

  /** The winner lets the losers off. Event: `onBattlePenaltyEnded`. */
  endPenalty(battleId: string): Promise<void> {
    return this.tell('endPenalty', { battleId });
  }

  private async tell(method: string, params: object): Promise<void> {
    await call(method, { liveId: this.liveID, ...params });
  }
}

export interface BarrageState {
  /** The chat, oldest first, as many as the server keeps. */
  messages: ChatItem[];
}

/** Chat and gifts. */
export class BarrageStore extends LiveBoundStore<BarrageState, ChatEvents> {
  static create(liveID: string): BarrageStore {
    return new BarrageStore(liveID);
  }

  protected read(snapshot: LiveSnapshot | undefined): BarrageState {
    return { messages: snapshot?.recentMessages ?? none() };
  }

  /** At most 500 characters. Event: `onTextMessage`. */
  async sendTextMessage(text: string): Promise<void> {
    await call('sendTextMessage', { liveId: this.liveID, text });
  }

  /** To somebody on a seat; to the live's owner by default. Event: `onGift`. */
  async sendGift(giftId: string, count = 1, toUserId?: string): Promise<void> {
    await call('sendGift', { liveId: this.liveID, giftId, count, toUserId });
  }

  async fetchGiftCatalogue(): Promise<Gift[]> {
    return (await call<{ gifts: Gift[] }>('fetchGiftCatalogue', {})).gifts;
  }
}

export interface NewLive {
  liveName: string;
  liveId?: string;
  coverUrl?: string;
  notice?: string;
  isPublicVisible?: boolean;
  maxSeatCount?: number;
  seatMode?: SeatMode;
}

export interface LiveListState {
  /** Newest first. */
  liveList: LiveCard[];
  /** Where the next page begins; empty at the end. */
  cursor: string;
}

/** The public lives; there is one such store. */
export class LiveListStore implements Watchable<LiveListState> {
  static readonly shared = new LiveListStore();

  private readonly listeners = new Set<() => void>();
  private current: LiveListState = Object.freeze({ liveList: none<LiveCard>(), cursor: '' });

  private constructor() {}

  get state(): LiveListState {
    return this.current;
  }

  readonly subscribe: Watchable<LiveListState>['subscribe'] = <Part>(
    first: (() => void) | ((state: LiveListState) => Part),
    listener?: (part: Part, last: Part) => void,
  ) => subscribeTo(this, (changed) => listen(this.listeners, changed), first, listener);

  /** Fetches one page, at most 50; an empty cursor starts the list anew. */
  async fetchLiveList(cursor = '', count = 20): Promise<void> {
    const page = await call<{ lives: LiveCard[]; cursor: string }>('fetchLiveList', { cursor, count });
    const known = cursor === '' ? [] : this.current.liveList;
    const ids = new Set(known.map((live) => live.liveId));
    const liveList = [...known, ...page.lives.filter((live) => !ids.has(live.liveId))];
    this.current = share(this.current, { liveList, cursor: page.cursor });
    for (const listener of [...this.listeners]) listener();
  }

  fetchLiveInfo(liveID: string): Promise<LiveCard> {
    return call('fetchLiveInfo', { liveId: liveID });
  }

  /** Starts a live of one's own and joins it. Keep the store: when the last store of a live is disposed of, it is left. */
  async createLive(live: NewLive): Promise<LiveStore> {
    const { live: info } = await call<LiveSnapshot>('createLive', live);
    const store = LiveStore.create(info.liveId);
    await store.join();
    return store;
  }
}

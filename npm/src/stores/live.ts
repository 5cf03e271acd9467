/** Joining and leaving a live. */
import { Room } from '../room.js';
import { call, toMs } from '../runtime.js';
import type { BannedUser, LiveInfo, LiveSnapshot, LiveSummary, UserInfo } from '../types.js';
import { LiveBoundStore, none } from './store.js';

type LiveEvents =
  | 'onLiveEnded'
  | 'onLiveInfoChanged'
  | 'onUserOnline'
  | 'onUserOffline'
  | 'onKickedOutOfLive'
  | 'onAudienceMessageDisabled';

/** A live as a whole. */
export interface LiveState {
  /** Undefined until it was joined. */
  info: LiveInfo | undefined;
  viewerCount: number;
  likes: number;
  /** Who may not send texts: for the owner and admins everyone, else at most oneself. */
  messageDisabledUserIds: string[];
}

/**
 * Joining and leaving a live, and who may. Events: `onLiveEnded`, `onLiveInfoChanged`, `onUserOnline`, `onUserOffline`,
 * `onKickedOutOfLive`, `onAudienceMessageDisabled`.
 */
export class LiveStore extends LiveBoundStore<LiveState, LiveEvents> {
  private end: (() => void) | undefined;

  /** A store of this live; opens nothing. */
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

  /**
   * Receives state and events of the live from now on, also after the socket was lost. Answers once the state is there. Joining
   * twice does no harm.
   *
   * @throws DuelcastError `roomNotExist`; after a retryable one the store goes on trying by itself.
   */
  async join(): Promise<void> {
    this.end ??= this.hold(() => () => (this.end = undefined));
    await Room.find(this.liveID)?.join();
  }

  /**
   * Stops receiving, for all stores of the live. A seat is kept until `leaveSeat`.
   *
   * @throws DuelcastError when the server could not be told.
   */
  async leave(): Promise<void> {
    const left = Room.find(this.liveID)?.leave();
    this.end?.();
    await left;
  }

  /**
   * Ends the live; its owner only. First its battle ends, then its connection. Event, to everybody: `onLiveEnded`.
   *
   * @throws DuelcastError `noPermission`.
   */
  endLive(): Promise<LiveSummary> {
    return call('endLive', { liveId: this.liveID });
  }

  /**
   * Puts a user out, who may come back; the owner anyone, admins the audience. Event, to that user: `onKickedOutOfLive`.
   *
   * @throws DuelcastError `noPermission`.
   */
  async kickUserOutOfRoom(userId: string): Promise<void> {
    await call('kickUserOutOfRoom', { liveId: this.liveID, userId });
  }

  /**
   * Puts a user out for that many seconds, or until `unbanUser`. Event, to that user: `onKickedOutOfLive`.
   *
   * @throws DuelcastError `noPermission`.
   */
  banUser(userId: string, duration?: number): Promise<BannedUser> {
    const durationMs = duration === undefined ? undefined : toMs(duration);
    return call('banUser', { liveId: this.liveID, userId, durationMs });
  }

  /** Lets a banned user come in again. No event. @throws DuelcastError `noPermission`. */
  async unbanUser(userId: string): Promise<void> {
    await call('unbanUser', { liveId: this.liveID, userId });
  }

  /** One page of those who are banned, by user id; owner and admins only. An empty cursor starts and ends the list. */
  fetchBannedUsers(cursor = '', count = 20): Promise<{ users: BannedUser[]; cursor: string }> {
    return call('fetchBannedUsers', { liveId: this.liveID, cursor, count });
  }

  /** One page of those who watch, by user id; for who has joined. An empty cursor starts and ends the list. */
  fetchAudienceList(cursor = '', count = 20): Promise<{ users: UserInfo[]; cursor: string }> {
    return call('fetchAudienceList', { liveId: this.liveID, cursor, count });
  }

  /**
   * Forbids or allows a user to send texts. Event, to owner, admins and that user: `onAudienceMessageDisabled`.
   *
   * @throws DuelcastError `noPermission`.
   */
  async disableSendMessage(userId: string, isDisable: boolean): Promise<void> {
    await call('disableSendMessage', { liveId: this.liveID, userId, isDisable });
  }

  /**
   * Sends that many likes. No event; the sum is in the state of everybody.
   *
   * @throws DuelcastError `invalidParams`, `tooFrequent` (retryable).
   */
  async sendLike(count = 1): Promise<void> {
    await call('sendLike', { liveId: this.liveID, count });
  }
}

/** Seats and microphones. */
import { call, toMs } from '../runtime.js';
import type {
  EventName,
  LiveSnapshot,
  MoveSeatPolicy,
  SeatApplication,
  SeatInfo,
  SeatInvitation,
} from '../types.js';
import { DEFAULT_TIMEOUT_S } from './options.js';
import { LiveBoundStore, none } from './store.js';

type SeatEvents = Extract<EventName, `onSeat${string}` | 'onKickedOffSeat'>;

/** Seats, and who wants one. */
export interface LiveSeatState {
  /** Of this live first, then of the connected ones in their order; by index within a live. */
  seatList: SeatInfo[];
  /** Open applications: everyone's for the owner and admins, else one's own. */
  applications: SeatApplication[];
  /** Open invitations: everyone's for the owner and admins, else one's own. */
  invitations: SeatInvitation[];
}

/** Seats; an index counts from 0. What methods change arrives, for everybody in the connected lives, as `onSeatListChanged`. */
export class LiveSeatStore extends LiveBoundStore<LiveSeatState, SeatEvents> {
  /** A store of this live; opens nothing. */
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

  /**
   * Takes this seat, or any free one; answers which. Event: `onSeatListChanged`.
   *
   * @throws DuelcastError `seatNeedsApplication` in mode `apply`, `seatLocked`, `seatOccupied`, `seatNotExist`, `alreadyOnSeat`,
   * `noFreeSeat` (retryable).
   */
  async takeSeat(index?: number): Promise<number> {
    return (await this.ask<{ index: number }>('takeSeat', { index })).index;
  }

  /** Leaves one's seat. Event: `onSeatListChanged`. @throws DuelcastError `notOnSeat`. */
  async leaveSeat(): Promise<void> {
    await this.ask('leaveSeat');
  }

  /** Nobody may take this seat any more; owner and admins only. Event: `onSeatListChanged`. @throws DuelcastError `seatNotExist`. */
  async lockSeat(index: number): Promise<void> {
    await this.ask('lockSeat', { index });
  }

  /** Frees a locked seat; owner and admins only. Event: `onSeatListChanged`. @throws DuelcastError `seatNotExist`. */
  async unlockSeat(index: number): Promise<void> {
    await this.ask('unlockSeat', { index });
  }

  /**
   * Takes a user off the seat; owner and admins only. Events: `onSeatListChanged` to everybody, `onKickedOffSeat` to that user.
   *
   * @throws DuelcastError `notOnSeat`, `noPermission`.
   */
  async kickUserOutOfSeat(userId: string): Promise<void> {
    await this.ask('kickUserOutOfSeat', { userId });
  }

  /**
   * Moves a user to another seat of the live: oneself, or as owner or admin anybody. Event: `onSeatListChanged`.
   *
   * @throws DuelcastError `seatOccupied` unless the policy says what then, `seatLocked`, `notOnSeat`, `noPermission`.
   */
  async moveUserToSeat(
    userId: string,
    index: number,
    policy: MoveSeatPolicy = 'abortWhenOccupied',
  ): Promise<void> {
    await this.ask('moveUserToSeat', { userId, index, policy });
  }

  /**
   * Asks for a seat; `timeout` in seconds, 1 to 30. Event, to owner and admins: `onSeatApplicationReceived`. The answer arrives
   * as `onSeatApplicationAccepted`, `onSeatApplicationRejected` or `onSeatApplicationTimeout`.
   *
   * @throws DuelcastError `alreadyOnSeat`, `pendingSeatRequest`, `tooFrequent` (retryable).
   */
  async applyForSeat(index?: number, timeout = DEFAULT_TIMEOUT_S): Promise<void> {
    await this.ask('applyForSeat', { index, timeoutMs: toMs(timeout) });
  }

  /** Takes one's application back. Event: `onSeatApplicationCancelled`. @throws DuelcastError `seatRequestNotExist`. */
  async cancelApplication(): Promise<void> {
    await this.ask('cancelApplication');
  }

  /**
   * Gives a seat to who applied; answers which. Events: `onSeatApplicationAccepted`, `onSeatListChanged`.
   *
   * @throws DuelcastError `seatRequestNotExist`, `seatOccupied`, `noFreeSeat` (retryable), `noPermission`.
   */
  async acceptApplication(userId: string): Promise<number> {
    return (await this.ask<{ index: number }>('acceptApplication', { userId })).index;
  }

  /** Gives no seat to who applied. Event: `onSeatApplicationRejected`. @throws DuelcastError `seatRequestNotExist`. */
  async rejectApplication(userId: string): Promise<void> {
    await this.ask('rejectApplication', { userId });
  }

  /**
   * Invites a user to a seat; owner and admins only; `timeout` in seconds, 1 to 30. Event, to that user:
   * `onSeatInvitationReceived`. The answer arrives as `onSeatInvitationAccepted`, `onSeatInvitationRejected` or `onSeatInvitationTimeout`.
   *
   * @throws DuelcastError `alreadyOnSeat`, `pendingSeatRequest`, `noPermission`, `tooFrequent` (retryable).
   */
  async inviteToSeat(userId: string, index?: number, timeout = DEFAULT_TIMEOUT_S): Promise<void> {
    await this.ask('inviteToSeat', { userId, index, timeoutMs: toMs(timeout) });
  }

  /** Takes an invitation back. Event: `onSeatInvitationCancelled`. @throws DuelcastError `seatRequestNotExist`. */
  async cancelInvitation(userId: string): Promise<void> {
    await this.ask('cancelInvitation', { userId });
  }

  /**
   * Takes the seat that one was invited to; answers which. Events: `onSeatInvitationAccepted`, `onSeatListChanged`.
   *
   * @throws DuelcastError `seatRequestNotExist`, `seatOccupied`, `noFreeSeat` (retryable).
   */
  async acceptInvitation(): Promise<number> {
    return (await this.ask<{ index: number }>('acceptInvitation')).index;
  }

  /** Declines a seat. Event: `onSeatInvitationRejected`. @throws DuelcastError `seatRequestNotExist`. */
  async rejectInvitation(): Promise<void> {
    await this.ask('rejectInvitation');
  }

  /** Closes one's microphone. Event: `onSeatListChanged`. @throws DuelcastError `notOnSeat`. */
  async muteMicrophone(): Promise<void> {
    await this.ask('muteMicrophone');
  }

  /** Opens one's microphone. Event: `onSeatListChanged`. @throws DuelcastError `notOnSeat`, `microphoneNotAllowed`. */
  async unmuteMicrophone(): Promise<void> {
    await this.ask('unmuteMicrophone');
  }

  /** Allows a microphone again; its user opens it. Event: `onSeatListChanged`. @throws DuelcastError `notOnSeat`, `noPermission`. */
  async openRemoteMicrophone(userId: string): Promise<void> {
    await this.ask('openRemoteMicrophone', { userId });
  }

  /** Closes a microphone and forbids to open it. Event: `onSeatListChanged`. @throws DuelcastError `notOnSeat`, `noPermission`. */
  async closeRemoteMicrophone(userId: string): Promise<void> {
    await this.ask('closeRemoteMicrophone', { userId });
  }

  private ask<Reply>(method: string, params: object = {}): Promise<Reply> {
    return call(method, { liveId: this.liveID, ...params });
  }
}

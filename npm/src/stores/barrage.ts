/** Chat and gifts. */
import { call } from '../runtime.js';
import type { ChatItem, Gift, LiveSnapshot } from '../types.js';
import { LiveBoundStore, none } from './store.js';

type ChatEvents = 'onTextMessage' | 'onGift';

export interface BarrageState {
  /** The chat, oldest first, as many as the server keeps. */
  messages: ChatItem[];
}

/** Chat and gifts. Events: `onTextMessage`, `onGift`. */
export class BarrageStore extends LiveBoundStore<BarrageState, ChatEvents> {
  /** A store of this live; opens nothing. */
  static create(liveID: string): BarrageStore {
    return new BarrageStore(liveID);
  }

  protected read(snapshot: LiveSnapshot | undefined): BarrageState {
    return { messages: snapshot?.recentMessages ?? none() };
  }

  /** At most 500 characters. Event, to everybody: `onTextMessage`. @throws DuelcastError `invalidParams`, `tooFrequent` (retryable). */
  async sendTextMessage(text: string): Promise<void> {
    await call('sendTextMessage', { liveId: this.liveID, text });
  }

  /**
   * To somebody on a seat; to the live's owner by default. Event, to everybody: `onGift`. Points are your back end's business.
   *
   * @throws DuelcastError `invalidParams` when there is no such gift, `notOnSeat`, `tooFrequent` (retryable).
   */
  async sendGift(giftId: string, count = 1, toUserId?: string): Promise<void> {
    await call('sendGift', { liveId: this.liveID, giftId, count, toUserId });
  }

  /** What may be given; prices in coins. */
  async fetchGiftCatalogue(): Promise<Gift[]> {
    return (await call<{ gifts: Gift[] }>('fetchGiftCatalogue', {})).gifts;
  }
}

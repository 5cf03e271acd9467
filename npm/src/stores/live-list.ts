/** The public lives, and starting one. */
import { call, listen, tell } from '../runtime.js';
import { share } from '../share.js';
import type { LiveCard, LiveSnapshot, SeatMode } from '../types.js';
import { LiveStore } from './live.js';
import { none, subscribeTo, type Watchable } from './store.js';

/** What a live to be started shall be. */
export interface NewLive {
  liveName: string;
  /** The server makes one up by default. */
  liveId?: string;
  coverUrl?: string;
  notice?: string;
  /** True by default; false hides it from the list, not from those who know the id. */
  isPublicVisible?: boolean;
  /** 8 by default, at most 50. */
  maxSeatCount?: number;
  /** `free` by default. */
  seatMode?: SeatMode;
}

/** The public lives, as far as they were fetched. */
export interface LiveListState {
  /** Newest first. */
  liveList: LiveCard[];
  /** Where the next page begins; empty at the end. */
  cursor: string;
}

/** The public lives; there is one such store. It has no events: a list is as it was when it was fetched. */
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

  /** Fetches one page, at most 50, and adds it to the state; an empty cursor starts from the beginning. */
  async fetchLiveList(cursor = '', count = 20): Promise<void> {
    const page = await call<{ lives: LiveCard[]; cursor: string }>('fetchLiveList', {
      cursor,
      count,
    });
    const known = cursor === '' ? [] : this.current.liveList;
    const ids = new Set(known.map((live) => live.liveId));
    const liveList = [...known, ...page.lives.filter((live) => !ids.has(live.liveId))];
    this.current = share(this.current, { liveList, cursor: page.cursor });
    tell(this.listeners);
  }

  /** One live as the list shows it, listed or not. @throws DuelcastError `roomNotExist`. */
  fetchLiveInfo(liveID: string): Promise<LiveCard> {
    return call('fetchLiveInfo', { liveId: liveID });
  }

  /**
   * Starts a live of one's own and joins it, until the store that it answers is disposed of.
   *
   * @throws DuelcastError `noPermission` when the token does not allow it, `roomExists`, `invalidParams`.
   */
  async createLive(live: NewLive): Promise<LiveStore> {
    const { live: info } = await call<LiveSnapshot>('createLive', live);
    const store = LiveStore.create(info.liveId);
    await store.join();
    return store;
  }
}

/** One live as this page knows it, shared by all its stores. */
import type { EmbeddedLive } from './wasm/duelcast.js';

import { DuelcastError } from './error.js';
import { registry } from './registry.js';
import { ask, client, hasClient, listen, tell } from './runtime.js';
import { share } from './share.js';
import type { EventFrame, EventName, LiveSnapshot } from './types.js';

type AnyFrame = EventFrame<EventName>;

/** @internal */
export class Room {
  snapshot: LiveSnapshot | undefined;
  readonly changed = new Set<() => void>();
  readonly happened = new Set<(frame: AnyFrame) => void>();
  private holders = 0;
  private isWanted = false;
  private live: EmbeddedLive | undefined;
  private readonly stop: () => void;

  private constructor(readonly liveID: string) {
    this.stop = listen(registry.onClient, () => this.reopen());
    if (hasClient()) this.live = this.open();
  }

  /** The room of this live, if somebody holds it. */
  static find(liveID: string): Room | undefined {
    return registry.rooms.get(liveID);
  }

  /** The room of this live; every holder lets go of it once. */
  static hold(liveID: string): Room {
    const room = registry.rooms.get(liveID) ?? new Room(liveID);
    registry.rooms.set(liveID, room);
    room.holders += 1;
    return room;
  }

  /** Closes the room in a microtask: a framework that remounts or moves a component holds it again before that. */
  letGo(): void {
    this.holders -= 1;
    queueMicrotask(() => {
      if (this.holders === 0 && registry.rooms.get(this.liveID) === this) this.close();
    });
  }

  async join(): Promise<void> {
    this.isWanted = true;
    await ask(() => this.opened().join());
  }

  async leave(): Promise<void> {
    this.isWanted = false;
    await ask(() => this.opened().leave());
  }

  onChange(listener: () => void): () => void {
    return listen(this.changed, listener);
  }

  private open(): EmbeddedLive {
    return client().open(this.liveID, (snapshot: LiveSnapshot, events: AnyFrame[]) =>
      this.take(snapshot, events),
    );
  }

  private opened(): EmbeddedLive {
    if (this.live) return this.live;
    throw new DuelcastError({
      code: 0,
      name: 'disposed',
      message: 'The store was disposed of.',
      retryable: false,
    });
  }

  /** There is a new client. What the last one still has to tell is told first; the new one goes on from there. */
  private reopen(): void {
    const { live: last } = this;
    const live = (this.live = this.open());
    queueMicrotask(() => {
      if (registry.panic !== undefined) return;
      last?.free();
      if (this.live !== live || !this.isWanted) return;
      const joined = this.snapshot ? live.joinAfter(JSON.stringify(this.snapshot)) : live.join();
      joined.catch(() => {});
    });
  }

  private close(): void {
    registry.rooms.delete(this.liveID);
    this.stop();
    this.free();
  }

  private free(): void {
    const { live } = this;
    this.live = undefined;
    if (registry.panic === undefined) live?.free();
  }

  private take(snapshot: LiveSnapshot, events: AnyFrame[]): void {
    this.snapshot = share(this.snapshot, snapshot);
    tell(this.changed);
    for (const frame of events) tell(this.happened, frame);
  }
}

/** One live as this page knows it, shared by all its stores. */
import type { EmbeddedLive } from './wasm/duelcast.js';

import { toError } from './error.js';
import { client, listen } from './runtime.js';
import { share } from './share.js';
import type { EventFrame, EventName, LiveSnapshot } from './types.js';

type AnyFrame = EventFrame<EventName>;

const rooms = new Map<string, Room>();

/** @internal */
export class Room {
  snapshot: LiveSnapshot | undefined;
  readonly changed = new Set<() => void>();
  readonly happened = new Set<(frame: AnyFrame) => void>();
  private holders = 0;
  private readonly live: EmbeddedLive;

  private constructor(readonly liveID: string) {
    this.live = client().open(liveID, (snapshot: LiveSnapshot, events: AnyFrame[]) => this.take(snapshot, events));
  }

  /** The room of this live; every holder lets go of it once. */
  static hold(liveID: string): Room {
    const room = rooms.get(liveID) ?? new Room(liveID);
    rooms.set(liveID, room);
    room.holders += 1;
    return room;
  }

  letGo(): void {
    this.holders -= 1;
    if (this.holders > 0) return;
    rooms.delete(this.liveID);
    this.live.free();
  }

  async join(): Promise<void> {
    await this.live.join().catch(fail);
  }

  async leave(): Promise<void> {
    await this.live.leave().catch(fail);
  }

  onChange(listener: () => void): () => void {
    return listen(this.changed, listener);
  }

  private take(snapshot: LiveSnapshot, events: AnyFrame[]): void {
    this.snapshot = share(this.snapshot, snapshot);
    for (const listener of [...this.changed]) listener();
    for (const frame of events) for (const listener of [...this.happened]) listener(frame);
  }
}

function fail(cause: unknown): never {
  throw toError(cause);
}

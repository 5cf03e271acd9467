import { Room } from '../room.js';
import { listen } from '../runtime.js';
import { share } from '../share.js';
import type { EventFrame, EventName, LiveSnapshot } from '../types.js';

/** State that can be watched; works with React's `useSyncExternalStore` and Vue's `shallowRef` as it is. */
export interface Watchable<State> {
  /** Immutable. What did not change is the same object as before. */
  readonly state: State;
  /** Calls `listener` after every change of the state. Answers how to stop. */
  subscribe(listener: () => void): () => void;
  /** Calls `listener` when what `selector` picks is another. Answers how to stop. */
  subscribe<Part>(
    selector: (state: State) => Part,
    listener: (part: Part, last: Part) => void,
  ): () => void;
}

/** Makes the two forms of `subscribe` of one `onChange`. @internal */
export function subscribeTo<State, Part>(
  store: { readonly state: State },
  onChange: (listener: () => void) => () => void,
  first: (() => void) | ((state: State) => Part),
  listener?: (part: Part, last: Part) => void,
): () => void {
  const pick: (state: State) => unknown = listener
    ? (first as (state: State) => Part)
    : (state) => state;
  let last = pick(store.state);
  return onChange(() => {
    const next = pick(store.state);
    if (Object.is(last, next)) return;
    const before = last;
    last = next;
    if (listener) listener(next as Part, before as Part);
    else (first as () => void)();
  });
}

/**
 * A store of one live. Creating one opens nothing: a live is open as long as somebody listens to it or has joined it, and is
 * left after that.
 */
export abstract class LiveBoundStore<State, Name extends EventName> implements Watchable<State> {
  private readonly stops = new Set<() => void>();
  private source: LiveSnapshot | undefined;
  private current: State | undefined;

  protected constructor(readonly liveID: string) {}

  /** Picks this store's state from a live. @internal */
  protected abstract read(snapshot: LiveSnapshot | undefined): State;

  /** What is known of the live; empty values before it was joined. */
  get state(): State {
    const snapshot = Room.find(this.liveID)?.snapshot;
    if (this.current === undefined || this.source !== snapshot) {
      this.source = snapshot;
      this.current = share(this.current, this.read(snapshot));
    }
    return this.current;
  }

  readonly subscribe: Watchable<State>['subscribe'] = <Part>(
    first: (() => void) | ((state: State) => Part),
    listener?: (part: Part, last: Part) => void,
  ) => this.hold((room) => subscribeTo(this, (changed) => room.onChange(changed), first, listener));

  /** Calls `listener` whenever this happens, after the state has changed. Answers how to stop. */
  on<Event extends Name>(name: Event, listener: (event: EventFrame<Event>) => void): () => void {
    return this.hold((room) =>
      listen(room.happened, (frame) => {
        if (frame.type === name) listener(frame as unknown as EventFrame<Event>);
      }),
    );
  }

  /** Ends all that this store listens to, and its part in having joined the live. Twice does no harm. */
  dispose(): void {
    for (const stop of [...this.stops]) stop();
  }

  /** Keeps the live open from now on; `begin` answers how to end what it began. Answers how to end both. @internal */
  protected hold(begin: (room: Room) => () => void): () => void {
    const room = Room.hold(this.liveID);
    const end = begin(room);
    const stop = () => {
      if (!this.stops.delete(stop)) return;
      end();
      room.letGo();
    };
    this.stops.add(stop);
    return stop;
  }
}

const NOTHING: readonly never[] = Object.freeze([]);

/** An empty list that is always the same. @internal */
export function none<T>(): T[] {
  return NOTHING as unknown as T[];
}

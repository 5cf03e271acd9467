import { Room } from './room.js';
import { listen } from './runtime.js';
import { share } from './share.js';
import type { EventFrame, EventName, LiveSnapshot } from './types.js';

/** State that can be watched; works with React's `useSyncExternalStore` and Vue's `shallowRef` as it is. */
export interface Watchable<State> {
  /** Immutable. What did not change is the same object as before. */
  readonly state: State;
  /** Calls `listener` after every change of the state. Answers how to stop. */
  subscribe(listener: () => void): () => void;
  /** Calls `listener` when what `selector` picks is another. Answers how to stop. */
  subscribe<Part>(selector: (state: State) => Part, listener: (part: Part, last: Part) => void): () => void;
}

/** Makes the two forms of `subscribe` of one `onChange`. @internal */
export function subscribeTo<State, Part>(
  store: { readonly state: State },
  onChange: (listener: () => void) => () => void,
  first: (() => void) | ((state: State) => Part),
  listener?: (part: Part, last: Part) => void,
): () => void {
  const pick: (state: State) => unknown = listener ? (first as (state: State) => Part) : (state) => state;
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

/** A store of one live. */
export abstract class LiveBoundStore<State, Name extends EventName> implements Watchable<State> {
  /** @internal */
  protected readonly room: Room;
  private readonly stops = new Set<() => void>();
  private source: LiveSnapshot | undefined;
  private current: State | undefined;
  private isDisposed = false;

  protected constructor(readonly liveID: string) {
    this.room = Room.hold(liveID);
  }

  /** Picks this store's state from a live. @internal */
  protected abstract read(snapshot: LiveSnapshot | undefined): State;

  get state(): State {
    if (this.current === undefined || this.source !== this.room.snapshot) {
      this.source = this.room.snapshot;
      this.current = share(this.current, this.read(this.source));
    }
    return this.current;
  }

  readonly subscribe: Watchable<State>['subscribe'] = <Part>(
    first: (() => void) | ((state: State) => Part),
    listener?: (part: Part, last: Part) => void,
  ) => this.keep(subscribeTo(this, (changed) => this.room.onChange(changed), first, listener));

  /** Calls `listener` whenever this happens, after the state has changed. Answers how to stop. */
  on<Event extends Name>(name: Event, listener: (event: EventFrame<Event>) => void): () => void {
    return this.keep(
      listen(this.room.happened, (frame) => {
        if (frame.type === name) listener(frame as unknown as EventFrame<Event>);
      }),
    );
  }

  /** Ends all subscriptions. When the last store of a live is disposed of, the live is left. Twice does no harm. */
  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    for (const stop of [...this.stops]) stop();
    this.room.letGo();
  }

  private keep(stop: () => void): () => void {
    const stopOnce = () => {
      this.stops.delete(stopOnce);
      stop();
    };
    this.stops.add(stopOnce);
    return stopOnce;
  }
}

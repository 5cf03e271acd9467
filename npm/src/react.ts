/**
 * React hooks over the stores. They open nothing while rendering, so strict mode, suspense and server rendering are safe; a live
 * is left when the last component that shows it is gone.
 */
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { DetailedHTMLProps, HTMLAttributes } from 'react';

import {
  BarrageStore,
  BattleStore,
  CoHostStore,
  LiveListStore,
  LiveSeatStore,
  LiveStore,
  getConnection,
  hear,
  onConnectionChange,
  toError,
  type BarrageState,
  type BattleState,
  type CoHostState,
  type Connection,
  type DuelcastError,
  type LiveListState,
  type LiveSeatState,
  type LiveState,
  type Telling,
  type Told,
  type Watchable,
} from './core.js';
import type { DuelcastElement, ElementEventMap } from './elements/element.js';
import type { EventFrame, EventName } from './types.js';

/**
 * What a store says now, or the part of it that `select` picks; the component is drawn again when that is another. So pick what is
 * there instead of making something new.
 */
export function useStore<State>(store: Watchable<State>): State;
export function useStore<State, Part>(
  store: Watchable<State>,
  select: (state: State) => Part,
): Part;
export function useStore<State, Part>(
  store: Watchable<State>,
  select?: (state: State) => Part,
): State | Part {
  const read = () => (select ? select(store.state) : store.state);
  return useSyncExternalStore(store.subscribe as (listener: () => void) => () => void, read, read);
}

/** Calls `listener` whenever this happens while the component is there. The newest `listener` counts. */
export function useEvent<Store extends Telling, Name extends EventName>(
  store: Store,
  name: Name & Told<Store>,
  listener: (event: EventFrame<Name>) => void,
): void {
  const newest = useRef(listener);
  useEffect(() => {
    newest.current = listener;
  });
  useEffect(() => hear(store, name, (event) => newest.current(event)), [store, name]);
}

/** How the socket is doing. */
export function useConnection(): Connection {
  return useSyncExternalStore(onConnectionChange, getConnection, getConnection);
}

/** Joins a live as long as the component is there. The error says why one is not in it; after a retryable one it goes on trying. */
export function useLive(
  liveID: string,
): [state: LiveState, store: LiveStore, error: DuelcastError | undefined] {
  const [error, setError] = useState<DuelcastError>();
  useEffect(() => {
    const joined = LiveStore.create(liveID);
    let isCurrent = true;
    setError(undefined);
    joined.join().catch((cause: unknown) => isCurrent && setError(toError(cause)));
    return () => {
      isCurrent = false;
      joined.dispose();
    };
  }, [liveID]);
  const [state, store] = useBound(LiveStore, liveID);
  return [state, store, error];
}

/** Seats of a live that somebody has joined. */
export function useSeats(liveID: string): [state: LiveSeatState, store: LiveSeatStore] {
  return useBound(LiveSeatStore, liveID);
}

/** Co-hosting of a live that somebody has joined. */
export function useCoHost(liveID: string): [state: CoHostState, store: CoHostStore] {
  return useBound(CoHostStore, liveID);
}

/** The battle of a live that somebody has joined. */
export function useBattle(liveID: string): [state: BattleState, store: BattleStore] {
  return useBound(BattleStore, liveID);
}

/** Chat and gifts of a live that somebody has joined. */
export function useBarrage(liveID: string): [state: BarrageState, store: BarrageStore] {
  return useBound(BarrageStore, liveID);
}

/** The public lives, as far as they were fetched. */
export function useLiveList(): [state: LiveListState, store: LiveListStore] {
  return [useStore(LiveListStore.shared), LiveListStore.shared];
}

function useBound<State, Store extends Watchable<State>>(
  kind: { create(liveID: string): Store & Watchable<State> },
  liveID: string,
): [state: State, store: Store] {
  const store = useMemo(() => kind.create(liveID), [kind, liveID]);
  return [useStore<State>(store), store];
}

/** What JSX may say of our elements. */
type ElementProps = DetailedHTMLProps<HTMLAttributes<DuelcastElement>, DuelcastElement> & {
  'live-id'?: string;
  'live-href'?: string;
  'lobby-href'?: string;
  readonly?: boolean;
} & {
  [Name in keyof ElementEventMap as `on${Name}`]?: (event: ElementEventMap[Name]) => void;
};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'duelcast-live': ElementProps;
      'duelcast-seats': ElementProps;
      'duelcast-pk-bar': ElementProps;
      'duelcast-lobby': ElementProps;
    }
  }
}

/** Vue composables over the stores. What they begin ends with the scope they were called in. */
import { computed, onScopeDispose, shallowRef, toValue, watch } from 'vue';
import type { ComputedRef, MaybeRefOrGetter, ShallowRef } from 'vue';

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
import type { EventFrame, EventName } from './types.js';

/** A value that is replaced as a whole. */
export type Shown<Value> = Readonly<ShallowRef<Value>>;

/** A store of a live, and what it says now. */
export interface Bound<State, Store> {
  state: Shown<State>;
  store: ComputedRef<Store>;
}

/** What a store says now, or the part of it that `select` picks. */
export function useStore<State>(store: MaybeRefOrGetter<Watchable<State>>): Shown<State>;
export function useStore<State, Part>(
  store: MaybeRefOrGetter<Watchable<State>>,
  select: (state: State) => Part,
): Shown<Part>;
export function useStore<State, Part>(
  store: MaybeRefOrGetter<Watchable<State>>,
  select?: (state: State) => Part,
): Shown<State | Part> {
  const read = () => (select ? select(toValue(store).state) : toValue(store).state);
  const shown = shallowRef<State | Part>(read());
  const follow = (current: Watchable<State>, _: unknown, onCleanup: (end: () => void) => void) => {
    const show = () => (shown.value = read());
    onCleanup(current.subscribe(show));
    show();
  };
  watch(() => toValue(store), follow, { immediate: true, flush: 'sync' });
  return shown;
}

/** Calls `listener` whenever this happens. */
export function useEvent<Store extends Telling, Name extends EventName>(
  store: MaybeRefOrGetter<Store>,
  name: Name & Told<Store>,
  listener: (event: EventFrame<Name>) => void,
): void {
  const follow = (current: Store, _: unknown, onCleanup: (end: () => void) => void) =>
    onCleanup(hear(current, name, listener));
  watch(() => toValue(store), follow, { immediate: true });
}

/** How the socket is doing. */
export function useConnection(): Shown<Connection> {
  const shown = shallowRef(getConnection());
  onScopeDispose(onConnectionChange(() => (shown.value = getConnection())));
  return shown;
}

/** Joins a live until the scope ends or the id is another. The error says why one is not in it; after a retryable one it goes on trying. */
export function useLive(
  liveID: MaybeRefOrGetter<string>,
): Bound<LiveState, LiveStore> & { error: Shown<DuelcastError | undefined> } {
  const error = shallowRef<DuelcastError>();
  const join = (id: string, _: unknown, onCleanup: (end: () => void) => void) => {
    const joined = LiveStore.create(id);
    let isCurrent = true;
    error.value = undefined;
    joined.join().catch((cause: unknown) => {
      if (isCurrent) error.value = toError(cause);
    });
    onCleanup(() => {
      isCurrent = false;
      joined.dispose();
    });
  };
  watch(() => toValue(liveID), join, { immediate: true });
  return { ...bind(LiveStore, liveID), error };
}

/** Seats of a live that somebody has joined. */
export function useSeats(liveID: MaybeRefOrGetter<string>): Bound<LiveSeatState, LiveSeatStore> {
  return bind(LiveSeatStore, liveID);
}

/** Co-hosting of a live that somebody has joined. */
export function useCoHost(liveID: MaybeRefOrGetter<string>): Bound<CoHostState, CoHostStore> {
  return bind(CoHostStore, liveID);
}

/** The battle of a live that somebody has joined. */
export function useBattle(liveID: MaybeRefOrGetter<string>): Bound<BattleState, BattleStore> {
  return bind(BattleStore, liveID);
}

/** Chat and gifts of a live that somebody has joined. */
export function useBarrage(liveID: MaybeRefOrGetter<string>): Bound<BarrageState, BarrageStore> {
  return bind(BarrageStore, liveID);
}

/** The public lives, as far as they were fetched. */
export function useLiveList(): { state: Shown<LiveListState>; store: LiveListStore } {
  return { state: useStore(LiveListStore.shared), store: LiveListStore.shared };
}

function bind<State, Store extends Watchable<State>>(
  kind: { create(liveID: string): Store & Watchable<State> },
  liveID: MaybeRefOrGetter<string>,
): Bound<State, Store> {
  const store = computed(() => kind.create(toValue(liveID)));
  return { state: useStore<State>(store), store };
}

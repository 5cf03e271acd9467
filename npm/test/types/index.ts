// What the types promise, and what they refuse. Compiled, never run.
import {
  BattleStore,
  CoHostStore,
  DuelcastError,
  LiveListStore,
  LiveSeatStore,
  login,
  type BattleInfo,
  type EventFrame,
  type SeatInfo,
} from 'duelcast';
import type { DuelcastPkBar } from 'duelcast/elements';
import {
  useBattle as useBattleInReact,
  useEvent as useEventInReact,
  useStore as useStoreInReact,
} from 'duelcast/react';
import { useBattle as useBattleInVue, useStore as useStoreInVue } from 'duelcast/vue';
import type { ComputedRef, ShallowRef } from 'vue';

type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const is = <_Holds extends true>() => {};

const battle = BattleStore.create('a');
is<Equal<typeof battle.state.currentBattleInfo, BattleInfo | undefined>>();

battle.on('onBattleEnded', (event) => is<Equal<typeof event, EventFrame<'onBattleEnded'>>>());
battle.on('onBattleEnded', ({ battleInfo }) => is<Equal<typeof battleInfo, BattleInfo>>());
// @ts-expect-error a store hears its own events only
battle.on('onSeatListChanged', () => {});

LiveSeatStore.create('a').subscribe(
  (state) => state.seatList,
  (seats, before) => is<Equal<[typeof seats, typeof before], [SeatInfo[], SeatInfo[]]>>(),
);

// @ts-expect-error spans are numbers of seconds
battle.requestBattle(['u'], { duration: '5 min' });
// @ts-expect-error milliseconds are the wire's
battle.requestBattle(['u'], { durationMs: 5_000 });
// @ts-expect-error stores are had by create
new BattleStore('a');
// @ts-expect-error the state is the server's
battle.state = battle.state;

CoHostStore.create('a')
  .requestHostConnection({ targetHosts: ['b'], battle: { duration: 60 } })
  .then((codes) => is<Equal<(typeof codes)['b'], 0 | 1 | 2 | 3 | 4 | 5>>());
LiveListStore.shared
  .createLive({ liveName: 'x' })
  .then((live) => is<Equal<typeof live.liveID, string>>());
login(async (wasRefused) => (wasRefused ? 'new' : 'old'));
const { code, name, retryable } = new DuelcastError({
  code: 0,
  name: 'x',
  message: 'y',
  retryable: false,
});
is<Equal<[typeof code, typeof name, typeof retryable], [number, string, boolean]>>();

const [inReact, storeInReact] = useBattleInReact('a');
is<
  Equal<[typeof inReact.battleScore, typeof storeInReact], [Record<string, number>, BattleStore]>
>();
is<Equal<ReturnType<typeof phase>, string | undefined>>();
const phase = () =>
  useStoreInReact(battle, (state) => state.currentBattleInfo?.phase as string | undefined);
useEventInReact(battle, 'onBattleStarted', ({ battleInfo }) =>
  is<Equal<typeof battleInfo, BattleInfo>>(),
);
// @ts-expect-error a store hears its own events only
useEventInReact(battle, 'onGift', () => {});

const inVue = useBattleInVue(() => 'a');
is<Equal<typeof inVue.store, ComputedRef<BattleStore>>>();
is<Equal<typeof inVue.state.value.battleScore, Record<string, number>>>();
const scores = useStoreInVue(battle, (state) => state.battleScore);
is<Equal<typeof scores, Readonly<ShallowRef<Record<string, number>>>>>();

const bar: DuelcastPkBar = document.createElement('duelcast-pk-bar');
bar.addEventListener('battleEnded', ({ detail }) =>
  is<Equal<typeof detail.battleInfo, BattleInfo>>(),
);
bar.addEventListener('liveChosen', ({ detail }) => is<Equal<typeof detail.liveId, string>>());

// A host's whole evening: start a live, invite another, battle, see the result. Open it as index.html?server=http://…&token=…
import { BattleStore, CoHostStore, DuelcastError, LiveListStore, LiveSeatStore } from 'duelcast';
import { getConnection, init, login, onConnectionChange } from 'duelcast';

const BATTLE = { duration: 10, penalty: 60, needResponse: true };
const query = new URLSearchParams(location.search);
const lives = LiveListStore.shared;

onConnectionChange(() => show('connection', getConnection().status));
login(query.get('token') ?? '');
await init({ url: query.get('server') ?? location.origin });
press('refresh', () => lives.fetchLiveList());
press('start', async () => {
  const { liveID } = await lives.createLive({ liveName: query.get('name') ?? 'A live' });
  show('live', liveID);
  showSeats(liveID);
  showBattle(liveID, showConnection(CoHostStore.create(liveID)));
});

/** @param {string} liveID */
function showSeats(liveID) {
  const seats = LiveSeatStore.create(liveID);
  const draw = () =>
    rows(
      'seats',
      seats.state.seatList.filter((seat) => seat.user),
      (seat) => [`${seat.liveId} ${seat.index}: ${seat.user?.userName}`],
    );
  seats.subscribe((state) => state.seatList, draw);
  draw();
}

/** @param {CoHostStore} coHost */
function showConnection(coHost) {
  lives.subscribe(
    (state) => state.liveList,
    (list) =>
      rows('lives', list, ({ liveId, liveName }) => [
        liveName,
        { Invite: () => coHost.requestHostConnection({ targetHosts: [liveId], timeout: 30 }) },
      ]),
  );
  coHost.subscribe(
    (state) => state.status,
    (status) => show('co-host', status),
  );
  coHost.subscribe(
    (state) => state.applicants,
    (list) =>
      rows('applicants', list, ({ from }) => [
        `${from.owner.userName} invites`,
        {
          Accept: () => coHost.acceptHostConnection(from.liveId),
          Decline: () => coHost.rejectHostConnection(from.liveId),
        },
      ]),
  );
  press('exit-connection', () => coHost.exitHostConnection());
  return coHost;
}

/** @param {string} liveID @param {CoHostStore} coHost */
function showBattle(liveID, coHost) {
  const battle = BattleStore.create(liveID);
  battle.subscribe(
    (state) => state.currentBattleInfo?.phase,
    (phase) => show('phase', phase ?? 'none'),
  );
  battle.subscribe(
    (state) => state.battleScore,
    (scores) => rows('scores', Object.entries(scores), ([user, score]) => [`${user}: ${score}`]),
  );
  battle.subscribe(
    (state) => state.requestsReceived,
    (list) =>
      rows('requests', list, ({ battleId, inviter }) => [
        `${inviter.userName} wants to battle`,
        {
          Accept: () => battle.acceptBattle(battleId),
          Decline: () => battle.rejectBattle(battleId),
        },
      ]),
  );
  battle.on('onBattleStarted', () => show('result', 'Fight!'));
  battle.on('onBattleEnded', ({ battleInfo }) => {
    const first = battleInfo.result?.ranking[0];
    show(
      'result',
      battleInfo.result?.isDraw ? 'A draw' : `${first?.userId} wins with ${first?.score}`,
    );
  });
  press('battle', () => {
    const others = coHost.state.connected.filter((live) => live.liveId !== liveID);
    return battle.requestBattle(
      others.map((live) => live.owner.userId),
      BATTLE,
      30,
    );
  });
  press('exit-battle', () => battle.exitBattle(battle.state.currentBattleInfo?.battleId ?? ''));
}

/** @param {string} id */
function element(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/** @param {string} id @param {string} text */
function show(id, text) {
  element(id).textContent = text;
}

/** @param {HTMLElement} button @param {() => Promise<unknown>} action */
function onPress(button, action) {
  button.onclick = () =>
    action().catch((error) =>
      show(
        'error',
        error instanceof DuelcastError ? `${error.name}: ${error.message}` : String(error),
      ),
    );
}

/** @param {string} id @param {() => Promise<unknown>} action */
function press(id, action) {
  onPress(element(id), action);
}

/**
 * @template T
 * @param {string} id
 * @param {readonly T[]} list
 * @param {(item: T) => [text: string, actions?: Record<string, () => Promise<unknown>>]} row
 */
function rows(id, list, row) {
  const items = list.map((entry) => {
    const [text, actions = {}] = row(entry);
    const item = document.createElement('li');
    item.append(text);
    for (const [label, action] of Object.entries(actions)) {
      const button = document.createElement('button');
      button.textContent = label;
      onPress(button, action);
      item.append(' ', button);
    }
    return item;
  });
  element(id).replaceChildren(...items);
}

// A host's whole evening: start a live, invite another, battle, see the result. The server and a token come with the address:
// index.html?server=http://127.0.0.1:8080&token=…
import {
  BattleStore,
  CoHostStore,
  DuelcastError,
  LiveListStore,
  LiveSeatStore,
  getConnection,
  init,
  login,
  onConnectionChange,
} from 'duelcast';

const BATTLE_SECONDS = 10;
const PENALTY_SECONDS = 60;
const query = new URLSearchParams(location.search);

await init({ url: query.get('server') ?? location.origin });
onConnectionChange(() => show('connection', getConnection().status));
login(query.get('token') ?? '');

const lives = LiveListStore.shared;
lives.subscribe(
  (state) => state.liveList,
  (list) => rows('lives', list, (live) => [live.liveName, 'Invite', () => invite(live.liveId)]),
);

/** @type {(liveId: string) => Promise<unknown>} */
let invite = () => Promise.resolve();

press('refresh', () => lives.fetchLiveList());
press('start', async () => {
  const live = await lives.createLive({ liveName: query.get('name') ?? 'A live' });
  show('live', live.liveID);
  showSeats(live.liveID);
  showConnection(live.liveID);
  showBattle(live.liveID);
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

/** @param {string} liveID */
function showConnection(liveID) {
  const coHost = CoHostStore.create(liveID);
  invite = (target) => coHost.requestHostConnection({ targetHosts: [target], timeout: 30 });
  coHost.subscribe(
    (state) => state.status,
    (status) => show('co-host', status),
  );
  coHost.subscribe(
    (state) => state.applicants,
    (list) =>
      rows('applicants', list, ({ from }) => [
        `${from.owner.userName} invites`,
        'Accept',
        () => coHost.acceptHostConnection(from.liveId),
      ]),
  );
  press('exit-connection', () => coHost.exitHostConnection());
}

/** @param {string} liveID */
function showBattle(liveID) {
  const coHost = CoHostStore.create(liveID);
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
      rows('requests', list, (request) => [
        `${request.inviter.userName} wants to battle`,
        'Accept',
        () => battle.acceptBattle(request.battleId),
      ]),
  );
  battle.on('onBattleEnded', ({ battleInfo }) => {
    const first = battleInfo.result?.ranking[0];
    show('result', battleInfo.result?.isDraw ? 'A draw' : `${first?.userId} wins with ${first?.score}`);
  });
  press('battle', () => {
    const others = coHost.state.connected.filter((live) => live.liveId !== liveID);
    const config = { duration: BATTLE_SECONDS, penalty: PENALTY_SECONDS, needResponse: true };
    return battle.requestBattle(others.map((live) => live.owner.userId), config, 30);
  });
  press('exit-battle', () => battle.exitBattle(battle.state.currentBattleInfo?.battleId ?? ''));
}

/** @param {string} id @param {string} text */
function show(id, text) {
  element(id).textContent = text;
}

/** @param {string} id @returns {HTMLElement} */
function element(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/** @param {string} id @param {() => Promise<unknown>} action */
function press(id, action) {
  element(id).onclick = () => action().catch(complain);
}

/** @param {unknown} error */
function complain(error) {
  show('error', error instanceof DuelcastError ? `${error.name}: ${error.message}` : String(error));
}

/**
 * @template T
 * @param {string} id
 * @param {readonly T[]} list
 * @param {(item: T) => [text: string, label?: string, action?: () => Promise<unknown>]} row
 */
function rows(id, list, row) {
  const items = list.map((entry) => {
    const [text, label, action] = row(entry);
    const item = document.createElement('li');
    item.append(text);
    if (label && action) {
      const button = document.createElement('button');
      button.textContent = label;
      button.onclick = () => action().catch(complain);
      item.append(' ', button);
    }
    return item;
  });
  element(id).replaceChildren(...items);
}

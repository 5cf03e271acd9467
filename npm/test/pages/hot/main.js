// A module that is evaluated again whenever it changes: it starts everything anew each time, and disposes of its stores.
import { BattleStore, LiveStore, getConnection, init, login, onConnectionChange } from 'duelcast';

const REVISION = 0;
const query = new URLSearchParams(location.search);
const show = (id, text) => (document.getElementById(id).textContent = text);

login(query.get('token') ?? '');
await init({ url: query.get('server') ?? location.origin });
const stop = onConnectionChange(() => show('connection', getConnection().status));
const live = LiveStore.create('hot-live');
const battle = BattleStore.create('hot-live');
await live.join();
battle.subscribe(() => {});
show('connection', getConnection().status);
show('revision', REVISION);

import.meta.hot?.accept();
import.meta.hot?.dispose(() => {
  stop();
  live.dispose();
  battle.dispose();
});

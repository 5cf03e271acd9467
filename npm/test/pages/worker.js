// The headless package in a worker. Import maps do not reach workers, so the package is named by its path.
import { BattleStore, LiveStore, init, login } from '../node_modules/duelcast/dist/index.js';

const query = new URLSearchParams(location.search);
const liveId = query.get('live') ?? '';
await init({ url: query.get('server') ?? location.origin });
login(query.get('token') ?? '');
// The streamer's id is the live's in these tests.
BattleStore.create(liveId).subscribe(
  (state) => state.battleScore[liveId],
  (score) => postMessage({ score }),
);
await LiveStore.create(liveId).join();
postMessage({ joined: true });

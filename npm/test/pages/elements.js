// A page that elements are put into by tests. With `late` in the address they are imported when the test says so, and
// with `idle` the client is started when it says so.
import * as duelcast from 'duelcast';

const query = new URLSearchParams(location.search);
const importElements = () => import('duelcast/elements');

if (!query.has('late')) await importElements();
const init = () => duelcast.init({ url: query.get('server') ?? location.origin });
duelcast.login(query.get('token') ?? '');
if (!query.has('idle')) await init();
Object.assign(globalThis, { duelcast, importElements, init });

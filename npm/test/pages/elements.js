// A page that elements are put into by tests. With `late` in the address they are imported when the test says so.
import * as duelcast from 'duelcast';

const query = new URLSearchParams(location.search);
const importElements = () => import('duelcast/elements');

if (!query.has('late')) await importElements();
duelcast.login(query.get('token') ?? '');
await duelcast.init({ url: query.get('server') ?? location.origin });
Object.assign(globalThis, { duelcast, importElements });

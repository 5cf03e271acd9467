// The content of the package, and that importing it has no effect where there is no page.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { share } from '../dist/core.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STORES = [
  'barrage',
  'battle',
  'co-host',
  'hear',
  'index',
  'live',
  'live-list',
  'options',
  'seats',
  'store',
];
const ENTRIES = ['index', 'elements/index', 'react', 'vue'];
const MODULES = [
  'builds',
  'core',
  'error',
  'index',
  'react',
  'registry',
  'room',
  'runtime',
  'share',
  'types',
  'vue',
];
const ELEMENT_MODULES = ['element', 'index', 'stylesheet'];

test('the package contains the manual, the facade, its types and both builds of the wasm, and nothing else', () => {
  const [pack] = Object.values(
    JSON.parse(
      execFileSync('npm', ['pack', '--dry-run', '--json'], { cwd: ROOT, encoding: 'utf8' }),
    ),
  );
  const modules = [
    ...MODULES,
    ...STORES.map((name) => `stores/${name}`),
    ...ELEMENT_MODULES.map((name) => `elements/${name}`),
  ];
  const wasm = ['duelcast', 'elements'].flatMap((name) => [
    `dist/wasm/${name}.js`,
    `dist/wasm/${name}_bg.wasm`,
  ]);
  const expected = ['README.md', 'package.json', 'dist/elements/elements.css.txt', ...wasm];
  expected.push(
    ...[...ENTRIES, 'core'].map((name) => `dist/${name}.js`),
    ...modules.map((name) => `dist/${name}.d.ts`),
  );
  assert.deepEqual(pack.files.map((file) => file.path).sort(), expected.sort());
});

test('each entry can be imported without a DOM', async (context) => {
  const { mock: fetched } = context.mock.method(globalThis, 'fetch');
  const [main, elements] = await Promise.all(ENTRIES.map((entry) => import(`../dist/${entry}.js`)));
  assert.deepEqual(main.LiveListStore.shared.state, { liveList: [], cursor: '' });
  assert.equal(main.BattleStore.create('a').state.currentBattleInfo, undefined);
  assert.equal(typeof elements.DuelcastLive, 'function');
  assert.equal(fetched.callCount(), 0);
});

test('code shared by the entries is in one file', () => {
  const isShared = (name) =>
    /duelcast@0\.1|extends Error/.test(readFileSync(`${ROOT}/dist/${name}.js`, 'utf8'));
  assert.deepEqual([...ENTRIES, 'core'].filter(isShared), ['core']);
});

test('the headless entry exports the public API and no internals', async () => {
  const stores = ['Barrage', 'Battle', 'CoHost', 'LiveBound', 'LiveList', 'LiveSeat', 'Live'].map(
    (name) => `${name}Store`,
  );
  const functions = [
    'breakOnPurpose',
    'getConnection',
    'init',
    'login',
    'logout',
    'onConnectionChange',
    'onPanic',
    'serverNow',
  ];
  assert.deepEqual(
    Object.keys(await import('../dist/index.js')).sort(),
    ['DuelcastError', ...stores, ...functions].sort(),
  );
});

test('calls before init fail with an explicit error', async () => {
  const { DuelcastError, LiveStore, serverNow } = await import('../dist/index.js');
  const isMissing = (error) => error instanceof DuelcastError && error.name === 'notInitialized';
  assert.throws(() => serverNow(), isMissing);
  await assert.rejects(LiveStore.create('a').endLive(), isMissing);
  await assert.rejects(LiveStore.create('a').join(), isMissing);
});

test('hooks render on a server', async () => {
  const [{ createElement }, { renderToString }, { useBattle, useLive }] = await Promise.all([
    import('react'),
    import('react-dom/server'),
    import('../dist/react.js'),
  ]);
  const Phase = () => {
    useLive('a');
    return useBattle('a')[0].currentBattleInfo?.phase ?? 'none';
  };
  assert.equal(renderToString(createElement(Phase)), 'none');
});

test('unchanged values keep their identity, and all values are frozen', () => {
  const last = share(undefined, { seats: [{ index: 0 }, { index: 1 }], battle: { score: 1 } });
  const next = share(last, {
    seats: [{ index: 0 }, { index: 1, user: 'ann' }],
    battle: { score: 1 },
  });
  assert.notEqual(next.seats, last.seats);
  assert.equal(next.seats[0], last.seats[0]);
  assert.equal(next.battle, last.battle);
  assert.equal(share(next, structuredClone(next)), next);
  assert.throws(() => next.seats.push({}), TypeError);
});

test('a listener that throws is reported, and the other listeners are still called', async (context) => {
  const { tell } = await import('../dist/core.js');
  const reported = [];
  globalThis.reportError = (cause) => reported.push(cause);
  context.after(() => delete globalThis.reportError);
  const heard = [];
  const listeners = [
    () => {
      throw new Error('mine');
    },
    (word) => heard.push(word),
  ];
  tell(new Set(listeners), 'hello');
  assert.deepEqual(heard, ['hello']);
  assert.equal(reported[0].message, 'mine');
});

test('a list of another length is a new object', () => {
  const last = share(undefined, [1, 2]);
  assert.deepEqual(share(last, [1]), [1]);
  assert.deepEqual(share(last, [1, 2, 3]), [1, 2, 3]);
});

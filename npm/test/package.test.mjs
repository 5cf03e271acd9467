// What is in the package, how big it is, and that importing it does nothing.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

import { share } from '../dist/share.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** A ceiling that keeps it from growing. */
const BUDGET_BYTES = 155_000;

test('the package holds its manual, the facade, its types and the wasm, and nothing else', () => {
  const [pack] = Object.values(JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json'], { cwd: ROOT, encoding: 'utf8' })));
  const modules = ['error', 'index', 'room', 'runtime', 'share', 'store', 'stores', 'types'];
  const expected = ['README.md', 'package.json', 'dist/wasm/duelcast.js', 'dist/wasm/duelcast_bg.wasm'];
  for (const name of modules) expected.push(`dist/${name}.js`, `dist/${name}.d.ts`);
  assert.deepEqual(pack.files.map((file) => file.path).sort(), expected.sort());
});

test('wasm and JavaScript stay within their budget', () => {
  const dist = join(ROOT, 'dist');
  const files = readdirSync(dist, { recursive: true }).filter((name) => /\.(js|wasm)$/.test(name));
  const sum = files.reduce((bytes, name) => bytes + brotliCompressSync(readFileSync(join(dist, name))).length, 0);
  assert.ok(sum <= BUDGET_BYTES, `${sum} bytes`);
});

test('importing it where there is no page does nothing, and using it says what is missing', async () => {
  const { BattleStore, DuelcastError, LiveListStore } = await import('../dist/index.js');
  assert.deepEqual(LiveListStore.shared.state, { liveList: [], cursor: '' });
  assert.throws(() => BattleStore.create('a'), (error) => error instanceof DuelcastError && error.name === 'notInitialized');
});

test('what did not change is the same object, and nothing can be changed', () => {
  const last = share(undefined, { seats: [{ index: 0 }, { index: 1 }], battle: { score: 1 } });
  const next = share(last, { seats: [{ index: 0 }, { index: 1, user: 'ann' }], battle: { score: 1 } });
  assert.notEqual(next.seats, last.seats);
  assert.equal(next.seats[0], last.seats[0]);
  assert.equal(next.battle, last.battle);
  assert.equal(share(next, structuredClone(next)), next);
  assert.throws(() => next.seats.push({}), TypeError);
});

test('a list that became shorter or longer is another list', () => {
  const last = share(undefined, [1, 2]);
  assert.deepEqual(share(last, [1]), [1]);
  assert.deepEqual(share(last, [1, 2, 3]), [1, 2, 3]);
});

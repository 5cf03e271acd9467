// The headless package runs where there is no window: in a worker, and in Node.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { eventually } from '../../tests/e2e/harness.mjs';
import { startBattle } from './support/hosts.mjs';
import { world } from './support/world.mjs';

test('a client in a worker joins a live and receives scores', async () => {
  const { files, open, server } = await world();
  const { sockets, battleId } = await startBattle('worker-left', 'worker-right');
  const page = await open('/pages/worker.html?live=worker-left', 'worker-viewer', files);
  await page.waitForFunction(() => globalThis.told.some((message) => message.joined));
  await server.addScores(battleId, { 'worker-left': 7 });
  await page.waitForFunction(() => globalThis.told.some(({ score }) => score === 7));
  assert.deepEqual(page.problems, []);
  sockets.forEach((socket) => socket.close());
});

test('a client in Node joins a live and receives scores', async () => {
  const { server } = await world();
  const { sockets, battleId } = await startBattle('node-left', 'node-right');
  const script = fileURLToPath(new URL('./support/node-client.mjs', import.meta.url));
  const args = [script, server.url, server.token('node-viewer'), 'node-left'];
  const client = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  client.stdout.on('data', (text) => (said += text));
  client.stderr.on('data', (text) => (said += text));
  await eventually('the live to be joined', () => said.includes('joined'));
  await server.addScores(battleId, { 'node-left': 9 });
  const [code] = await once(client, 'exit');
  assert.equal(code, 0, said);
  assert.match(said, /score 9/);
  sockets.forEach((socket) => socket.close());
});

// The lobby of a server without demo streamers.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assertAccessible, connect, startBrowser, startServer, testId } from './harness.mjs';

let server;
let browser;

before(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});

after(async () => {
  await browser?.close();
  await server?.dispose();
});

test('a live that somebody starts appears in the lobby', async () => {
  const mira = await connect(server, 'mira', 'Mira');
  await mira.call('createLive', { liveId: 'live-mira', liveName: 'Night owls' });

  const page = await browser.open(server, '/', 'ann');
  const card = testId(page, 'live-card').filter({ hasText: 'Night owls' });
  await card.waitFor();
  assert.match(await card.textContent(), /Mira/);
  await assertAccessible(page, 'the lobby');
  assert.deepEqual(page.problems, []);

  mira.close();
});

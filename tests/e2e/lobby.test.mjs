// The lobby of a server without demo streamers.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assertAccessible, connect, testId, useCast } from './harness.mjs';

const { server, browser } = useCast();

test('a started live appears in the lobby', async () => {
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

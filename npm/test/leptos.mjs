// The example in Rust: another Leptos app with our stores, built by Trunk.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { startBattle } from './support/hosts.mjs';
import { openSockets, shows, world } from './support/world.mjs';

test('the Leptos app shows names, live scores and the winner', async () => {
  const { open, server } = await world();
  const { sockets, battleId } = await startBattle('leptos-left', 'leptos-right');
  const page = await open('/leptos/index.html?live=leptos-left', 'leptos-viewer');
  await shows(page, 'h1', /leptos-left is live/);
  await shows(page, 'ul', /leptos-left: 0.*leptos-right: 0/);
  await server.addScores(battleId, { 'leptos-left': 3, 'leptos-right': 8 });
  await shows(page, 'ul', /leptos-left: 3.*leptos-right: 8/);
  await server.rest('POST', `/v1/battles/${battleId}/end`, {});
  await shows(page, 'body > p', /leptos-right wins/);
  assert.equal(openSockets(page).length, 1);
  assert.deepEqual(page.problems, []);
  sockets.forEach((socket) => socket.close());
});

test('the Leptos app shows why it is not in a live', async () => {
  const { open } = await world();
  const page = await open('/leptos/index.html?live=leptos-nowhere', 'leptos-stranger');
  await page.locator('[role="alert"]').waitFor();
  assert.match(await page.textContent('[role="alert"]'), /./);
});

// A client that broke is an event, not a dead page.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { openElementsPage, startLive } from './support/hosts.mjs';
import { shows } from './support/world.mjs';

test('a panic reaches the page as an event, and the page goes on', async () => {
  const host = await startLive('panic-host');
  const page = await openElementsPage('panic-viewer');
  await page.evaluate(() => {
    document.getElementById('here').innerHTML = '<duelcast-seats live-id="panic-host"></duelcast-seats>';
  });
  await shows(page, 'duelcast-seats [data-testid="seat"][data-index="0"]', /panic-host/);
  const told = await page.evaluate(async () => {
    const { BattleStore, breakOnPurpose, getConnection, onPanic } = globalThis.duelcast;
    const messages = [];
    const store = BattleStore.create('panic-host');
    store.subscribe(() => {});
    onPanic((message) => messages.push(message));
    breakOnPurpose();
    const failed = await store.requestBattle(['x']).catch((error) => error.name);
    store.dispose();
    document.querySelector('duelcast-seats').remove();
    await new Promise(requestAnimationFrame);
    return { messages, failed, connection: getConnection() };
  });
  assert.match(told.messages.join(), /broken on purpose/);
  assert.equal(told.failed, 'broken');
  assert.deepEqual(told.connection, { status: 'offline', detail: 'The client broke; load the page again.' });
  host.close();
});

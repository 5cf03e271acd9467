// The lobby as one looks at it, and the page when somebody else is you.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assertAccessible, connect, testId, useCast } from './harness.mjs';

const { server, browser } = useCast();

test('the search finds a live by its title or its streamer, and says when there is none', async () => {
  const [mira, tom] = await Promise.all([connect(server, 'mira', 'Mira'), connect(server, 'tom', 'Tom')]);
  await mira.call('createLive', { liveId: 'owls', liveName: 'Night owls' });
  await tom.call('createLive', { liveId: 'vinyl', liveName: 'Vinyl and tea' });
  const page = await browser.open(server, '/', 'ann');
  const card = (liveId) => page.locator(`[data-testid="live-card"][data-live-id="${liveId}"]`);
  await card('owls').waitFor();
  await card('vinyl').waitFor();

  await testId(page, 'search').fill('OWL');
  await card('vinyl').waitFor({ state: 'detached' });
  await card('owls').waitFor();
  await testId(page, 'search').fill('tom');
  await card('vinyl').waitFor();
  await card('owls').waitFor({ state: 'detached' });
  await testId(page, 'search').fill('nobody at all');
  assert.match(await testId(page, 'lobby-empty').textContent(), /Nobody by that name/);
  await assertAccessible(page, 'a search without a result');

  await testId(page, 'search').fill('');
  await card('owls').waitFor();
  await tom.call('endLive', { liveId: 'vinyl' });
  await card('vinyl').waitFor({ state: 'detached' });
  assert.deepEqual(page.problems, []);
  mira.close();
  tom.close();
});

test('a page whose user came in elsewhere stands still until it takes over', async () => {
  const first = await browser.open(server, '/', 'twice');
  await testId(first, 'start-live').waitFor();
  const second = await connect(server, 'twice');
  await testId(first, 'take-over').waitFor();
  await assertAccessible(first, 'signed in elsewhere');
  await testId(first, 'take-over').click();
  await testId(first, 'take-over').waitFor({ state: 'detached' });
  second.close();
});

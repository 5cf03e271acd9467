// The co-host panel: finding streamers, and saying no in several ways.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { useCast } from './harness.mjs';

const cast = useCast();

test('a streamer who must not be disturbed declines by itself and says why', async () => {
  const [anna, ben] = await cast.hosts('anna', 'ben');
  await ben.press('cohost-open');
  await ben.get('do-not-disturb').check();
  await ben.isAccessible('do not disturb');
  await ben.page.keyboard.press('Escape');

  await anna.invite([ben]);
  await anna.sees('toast', ':has-text("does not want to be disturbed")');
  await ben.seesNo('incoming');

  await ben.press('cohost-open');
  await ben.get('do-not-disturb').uncheck();
  await ben.page.keyboard.press('Escape');
  await anna.invite([ben]);
  await ben.answer(anna, 'busy');
  await anna.sees('toast', ':has-text("is busy")');
  assert.deepEqual([...anna.page.problems, ...ben.page.problems], []);
});

test('three rooms stand in the layout that the inviter chose', async () => {
  const [cara, dan, eve] = await cast.hosts('cara', 'dan', 'eve');
  await cara.press('cohost-open');
  await cara.get('candidate-search').fill('dan');
  await cara.seesNo('candidate', `[data-live-id="${eve.liveId}"]`);
  await cara.press('candidate', `[data-live-id="${dan.liveId}"]`);
  await cara.get('candidate-search').fill('');
  await cara.press('candidate', `[data-live-id="${eve.liveId}"]`);
  await cara.press('layout-602');
  await cara.press('invite-cohost');
  await dan.answer(cara, 'accept');
  await eve.answer(cara, 'accept');
  await cara.seesOnSeat(eve.liveId, 0, eve.userId);
  await cara.seesOnSeat(dan.liveId, 0, dan.userId);
  const own = await cara.page.locator('.room-card').nth(0).boundingBox();
  const others = [1, 2].map((i) => cara.page.locator('.room-card').nth(i).boundingBox());
  for (const other of await Promise.all(others)) {
    assert.ok(other.x >= own.x + own.width - 1, 'the others stand right of the focus');
    assert.ok(other.height < own.height, 'and are smaller');
  }
  await dan.isAccessible('left focus');
  assert.deepEqual([cara, dan, eve].flatMap(({ page }) => page.problems), []);
});

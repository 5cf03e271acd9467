// One user on two pages: only one of them has the session at a time.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { everyone, useCast } from './harness.mjs';

const cast = useCast();

test('opening a live on a second page pauses the first, which can take the session back', async () => {
  const anna = await cast.host('twice');
  const ben = await cast.host('once');
  await anna.connectWith(ben);
  const battleId = await anna.fight([ben], { seconds: 60 });

  const again = await cast.visit('twice', anna.liveId);
  await anna.sees('take-over');
  await again.sees('room', '[data-role="owner"]');
  await again.seesPhase('running');
  await anna.isAccessible('a live that goes on elsewhere');
  await anna.page.keyboard.press('Escape');
  await anna.sees('take-over');
  await cast.server.addScores(battleId, { [anna.liveId]: 12 });
  await again.seesScore(anna.liveId, 12);

  await anna.press('take-over');
  await again.sees('take-over');
  await anna.seesNo('take-over');
  await anna.sees('room', '[data-role="owner"]');
  await anna.seesScore(anna.liveId, 12);
  await cast.server.addScores(battleId, { [anna.liveId]: 1 });
  await everyone([anna, ben], (room) => room.seesScore(anna.liveId, 13));
  assert.equal(await again.score(anna.liveId), 12, 'the other page stands still');
  await ben.sees('seat', `[data-user-id="${anna.userId}"][data-online="true"]`);
  assert.deepEqual(
    [anna, again, ben].flatMap(({ page }) => page.problems),
    [],
  );
});

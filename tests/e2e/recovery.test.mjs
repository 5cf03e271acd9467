// The server dies in the middle of a battle.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assertSameClock, everyone, useCast } from './harness.mjs';

const BACK_MS = 30_000;

const cast = useCast();

test('after kill -9 the pages come back by themselves, nothing acknowledged is lost, and the clock has gone on', async () => {
  const [anna, ben] = await cast.hosts('phoenix-a', 'phoenix-b');
  const vera = await cast.visit('phoenix-v', ben.liveId);
  const all = [anna, ben, vera];
  await anna.inviteToBattle([ben], { seconds: 60, penalty: 15 });
  await ben.answer(anna, 'accept');
  const battleId = await anna.battleId();
  await cast.server.addScores(battleId, { [anna.liveId]: 50 }, { key: 'before' });
  await everyone(all, (room) => room.seesScore(anna.liveId, 50));
  const before = await cast.server.rest('GET', `/v1/battles/${battleId}`);

  await cast.server.addScores(battleId, { [ben.liveId]: 400 }, { key: 'last-words' });
  await cast.server.kill();
  await everyone(all, (room) => room.sees('status-banner', '[data-status="reconnecting"]'));
  await vera.isAccessible('reconnecting');
  await cast.server.start();

  await everyone(all, (room) => room.seesNo('status-banner', '', BACK_MS));
  await everyone(all, async (room) => {
    await room.seesPhase('running');
    await room.seesScore(anna.liveId, 50);
    await room.seesScore(ben.liveId, 400);
    await room.seesOnSeat(anna.liveId, 0, anna.userId);
    await room.sees('seat', `[data-user-id="${anna.userId}"][data-online="true"]`);
  });
  await assertSameClock(all);
  const now = await cast.server.rest('GET', `/v1/battles/${battleId}`);
  assert.equal(now.endsAt, before.endsAt, 'the end is where it was');

  await cast.server.addScores(battleId, { [ben.liveId]: 400 }, { key: 'last-words' });
  await cast.server.addScores(battleId, { [anna.liveId]: 1 }, { key: 'after' });
  await everyone(all, (room) => room.seesScore(anna.liveId, 51));
  assert.equal(await vera.score(ben.liveId), 400, 'a retried update counts once');
});

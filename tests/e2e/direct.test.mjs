// Invitations that carry a battle, and battles of three lives.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assertSameClock, everyone, useCast } from './harness.mjs';

const cast = useCast();

test('a direct PK starts on the accept, without another request of a client', async () => {
  const [anna, ben] = await cast.hosts('direct-a', 'direct-b');
  const vera = await cast.visit('direct-v', ben.liveId);
  await anna.inviteToBattle([ben]);
  await ben.answer(anna, 'accept');
  await everyone([anna, ben, vera], (room) => room.seesPhase('running'));
  await assertSameClock([anna, ben, vera]);
  await ben.isAccessible('a host in battle');
});

test('in a battle of three rooms every room is drawn, and all pages show the same ranking', async () => {
  const [cleo, dan, emil] = await cast.hosts('three-a', 'three-b', 'three-c');
  const vera = await cast.visit('three-v', emil.liveId);
  const all = [cleo, dan, emil, vera];
  await cleo.inviteToBattle([dan, emil]);
  await everyone([dan, emil], (room) => room.answer(cleo, 'accept'));
  await everyone(all, async (room) => {
    await room.seesPhase('running');
    for (const host of [cleo, dan, emil]) await room.seesOnSeat(host.liveId, 0, host.userId);
  });
  const battleId = await cleo.battleId();
  await cast.server.addScores(battleId, { [cleo.liveId]: 30, [dan.liveId]: 20, [emil.liveId]: 10 });
  await everyone(all, (room) => room.seesScore(emil.liveId, 10));
  await vera.isAccessible('three rooms');
  await cast.server.rest('POST', `/v1/battles/${battleId}/end`);
  await cleo.seesOutcome('won');
  await everyone([dan, emil, vera], (room) => room.seesOutcome('lost'));
  assert.deepEqual(vera.page.problems, []);
});

test('a side that leaves keeps its score, and the others are notified', async () => {
  const [anna, ben] = await cast.hosts('giveup-a', 'giveup-b');
  await anna.inviteToBattle([ben]);
  await ben.answer(anna, 'accept');
  const battleId = await anna.battleId();
  await cast.server.addScores(battleId, { [ben.liveId]: 99 });
  await anna.seesScore(ben.liveId, 99);
  await ben.press('pk-exit');
  await anna.sees('toast', ':has-text("gave up")');
  assert.equal(await anna.score(ben.liveId), 99);
  await anna.isAccessible('a side gave up');
  await cast.server.rest('POST', `/v1/battles/${battleId}/end`);
  await anna.seesOutcome('won');
  await ben.seesOutcome('exited');
});

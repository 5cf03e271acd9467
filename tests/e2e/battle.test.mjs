// The main path, from the list of lives to the exit, on four pages.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assertAccessible, assertSameClock, connect, everyone, useCast } from './harness.mjs';

const OTHER_LIVES = 25;
const TIME_UP_MS = 45_000;

const cast = useCast();

test('the list of lives is paginated and links to a live', async () => {
  const owners = Array.from({ length: OTHER_LIVES }, (_, i) => `lister-${i}`);
  const sockets = await Promise.all(owners.map((owner) => connect(cast.server, owner)));
  for (const [i, socket] of sockets.entries()) {
    await socket.call('createLive', { liveId: `listed-${i}`, liveName: `Listed ${i}` });
  }
  const page = await cast.browser.open(cast.server, '/', 'reader');
  const cards = page.getByTestId('live-card');
  await cards.first().waitFor();
  const first = await cards.count();
  assert.ok(first < OTHER_LIVES, `a page is not everything: ${first}`);
  await assertAccessible(page, 'a long lobby');
  await page.getByTestId('load-more').click();
  await page.locator('[data-testid="live-card"][data-live-id="listed-0"]').click();
  await page.locator('[data-testid="room"][data-live-id="listed-0"]').waitFor();
  assert.deepEqual(page.problems, []);
  for (const [i, socket] of sockets.entries()) {
    await socket.call('endLive', { liveId: `listed-${i}` });
    socket.close();
  }
  await page.context().close();
});

test('two hosts and two viewers see the invitation, the battle, its penalty and co-hosting after it', async (t) => {
  const [anna, ben] = await cast.hosts('anna', 'ben');
  const [vera, will] = await Promise.all([
    cast.visit('vera', anna.liveId),
    cast.visit('will', ben.liveId),
  ]);
  const all = [anna, ben, vera, will];

  await anna.invite([ben]);
  for (const [room, name, other] of [
    [anna, 'outgoing', ben],
    [ben, 'incoming', anna],
  ]) {
    await room.sees(name, `[data-live-id="${other.liveId}"]`);
    const seconds = Number(await room.attribute(`${name}-countdown`, 'data-seconds'));
    assert.ok(seconds >= 1 && seconds <= 10, `${name} counts down: ${seconds}`);
  }
  await ben.answer(anna, 'accept');
  await everyone(all, async (room) => {
    await room.seesOnSeat(anna.liveId, 0, 'anna');
    await room.seesOnSeat(ben.liveId, 0, 'ben');
  });

  const battleId = await anna.fight([ben], { seconds: 30, penalty: 15 });
  await everyone(all, (room) => room.seesPhase('running'));
  await assertSameClock(all);

  const asked = performance.now();
  await cast.server.addScores(battleId, { [anna.liveId]: 1200, [ben.liveId]: 400 });
  await everyone(all, async (room) => {
    await room.seesScore(anna.liveId, 1200);
    await room.seesScore(ben.liveId, 400);
  });
  t.diagnostic(
    `a score was on four bars ${Math.round(performance.now() - asked)} ms after it was sent`,
  );

  for (const [room, own, other] of [
    [vera, anna, ben],
    [will, ben, anna],
  ]) {
    const left = await room.place('pk-score', `[data-live-id="${own.liveId}"]`);
    const right = await room.place('pk-score', `[data-live-id="${other.liveId}"]`);
    assert.ok(left.x < right.x, `${room.userId} sees the own room on the left`);
  }

  await vera.isAccessible('a battle');

  await anna.seesOutcome('won', TIME_UP_MS);
  await everyone([vera], (room) => room.seesOutcome('won'));
  await everyone([ben, will], (room) => room.seesOutcome('lost'));
  await everyone(all, async (room) => {
    await room.seesPhase('penalty');
    await room.sees('pk-penalty');
    assert.deepEqual([await room.score(anna.liveId), await room.score(ben.liveId)], [1200, 400]);
  });
  await will.isAccessible('a penalty');

  await everyone(all, (room) => room.seesPhase('ended', TIME_UP_MS));
  await everyone(all, async (room) => {
    await room.seesOnSeat(anna.liveId, 0, 'anna');
    await room.seesOnSeat(ben.liveId, 0, 'ben');
  });

  await anna.press('cohost-exit');
  await everyone([anna, vera], (room) => room.seesNoSeatsOf(ben.liveId));
  await everyone([ben, will], async (room) => {
    await room.sees('notice-left');
    await room.seesNoSeatsOf(anna.liveId);
  });
  for (const room of all) assert.deepEqual(room.page.problems, [], room.userId);
});

test('equal scores are a draw on both sides, and a rematch can start at once', async () => {
  const [cleo, dan] = await cast.hosts('cleo', 'dan');
  await cleo.connectWith(dan);
  const battleId = await cleo.fight([dan]);
  await cast.server.addScores(battleId, { [cleo.liveId]: 7, [dan.liveId]: 7 });
  await everyone([cleo, dan], (room) => room.seesScore(dan.liveId, 7));
  await cast.server.rest('POST', `/v1/battles/${battleId}/end`);
  await everyone([cleo, dan], (room) => room.seesOutcome('draw'));

  await dan.press('pk-rematch');
  await cleo.press('pk-accept');
  const rematchId = await cleo.battleId();
  assert.notEqual(rematchId, battleId);
  await everyone([cleo, dan], (room) => room.seesScore(dan.liveId, 0));
});

test('the bar is split in half at 0:0 and keeps room for a small number', async () => {
  const [emil, fay] = await cast.hosts('emil', 'fay');
  await emil.connectWith(fay);
  const battleId = await emil.fight([fay]);
  await emil.seesScore(fay.liveId, 0);
  const split = () =>
    emil.page
      .locator('.pk-bar .own')
      .evaluate((bar) => Number(bar.style.getPropertyValue('--split')));
  assert.equal(await split(), 0.5);
  await cast.server.addScores(battleId, { [emil.liveId]: 1, [fay.liveId]: 999_999 });
  await emil.seesScore(fay.liveId, 999_999);
  assert.ok((await split()) > 0, 'the bar is a number and not empty');
  const bar = await emil.page.locator('.pk-bar').boundingBox();
  const small = await emil.place('pk-score', `[data-live-id="${emil.liveId}"]`);
  const drawn = emil.get('pk-score', `[data-live-id="${emil.liveId}"]`).locator('.rolling');
  assert.equal(await drawn.getAttribute('aria-label'), '1');
  assert.ok(
    small.x >= bar.x && small.x + small.width <= bar.x + bar.width,
    'the 1 stands inside the bar',
  );
});

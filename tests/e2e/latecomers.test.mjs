// A user who reloads, joins late or returns sees the same state as the others.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assertSameClock, eventually, everyone, useCast } from './harness.mjs';

const GRACE_MS = 4_000;

const cast = useCast({ flags: ['--grace-ms', String(GRACE_MS)] });

async function fighting(name) {
  const [anna, ben] = await cast.hosts(`${name}-a`, `${name}-b`);
  await anna.inviteToBattle([ben], { seconds: 60 });
  await ben.answer(anna, 'accept');
  const battleId = await anna.battleId();
  await cast.server.addScores(battleId, { [anna.liveId]: 52, [ben.liveId]: 8 });
  await ben.seesScore(anna.liveId, 52);
  return { anna, ben, battleId };
}

test('a viewer who reloads or joins late sees the same score, phase and clock', async () => {
  const { anna, ben } = await fighting('late');
  const vera = await cast.visit('late-v', anna.liveId);
  const will = await cast.visit('late-w', ben.liveId);
  await vera.page.reload();
  await everyone([vera, will], async (room) => {
    await room.seesPhase('running');
    await room.seesScore(anna.liveId, 52);
    await room.seesScore(ben.liveId, 8);
  });
  await assertSameClock([anna, ben, vera, will]);
  await vera.isAccessible('a battle for a latecomer');
});

test('a device clock that is an hour off shows the same countdown', async () => {
  const { anna } = await fighting('skew');
  const page = await cast.browser.open(cast.server, '/', 'skew-v');
  await page.clock.install({ time: Date.now() + 3_600_000 });
  await page.goto(`${cast.server.url}/live/${anna.liveId}`);
  await page.locator('[data-testid="pk-clock"]').waitFor();
  const seconds = async () =>
    Number(await page.getByTestId('pk-clock').getAttribute('data-seconds'));
  const isSame = async () =>
    Math.abs((await seconds()) - (await anna.clock())) <= 1 && (await seconds()) <= 60;
  await eventually('the same countdown', isSame);
});

test('a host who crashes and reconnects within the grace period keeps the seat and the battle', async () => {
  const { anna, ben, battleId } = await fighting('crash');
  await cast.crash(anna);
  await ben.sees('seat', `[data-user-id="${anna.userId}"][data-online="false"]`);
  const again = await cast.visit(anna.userId, anna.liveId);
  await ben.sees('seat', `[data-user-id="${anna.userId}"][data-online="true"]`);
  await again.sees('room', '[data-role="owner"]');
  await again.seesOnSeat(anna.liveId, 0, anna.userId);
  await again.seesPhase('running');
  await again.seesScore(anna.liveId, 52);
  assert.equal(await again.attribute('pk-layer', 'data-battle-id'), battleId);
  await assertSameClock([again, ben]);
});

test('after the grace period the others are notified of the reason', async () => {
  const { anna, ben } = await fighting('gone');
  await cast.crash(anna);
  await ben.sees('notice-left', ':has-text("lost the connection")', GRACE_MS * 4);
  await ben.sees('toast', ':has-text("out of the battle")');
  await ben.seesNoSeatsOf(anna.liveId);
  assert.equal(await ben.score(anna.liveId), 52, 'the score stays');
  await ben.isAccessible('a side is gone');
});

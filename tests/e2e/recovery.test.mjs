// The server crashes during a battle, and then stays down.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assertAccessible, assertSameClock, everyone, testId, useCast } from './harness.mjs';

const BACK_MS = 30_000;
/** Time until the page has counted enough failed attempts to report the server as down. */
const GONE_MS = 20_000;

const cast = useCast();

test('after kill -9 the pages reconnect, nothing acknowledged is lost, and the clock kept running', async () => {
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

test('when the server stays down, the page and the lobby report it and offer a retry', async () => {
  const anna = await cast.host('gone-a');
  const vera = await cast.visit('gone-v', anna.liveId);
  const lobby = await cast.browser.open(cast.server, '/', 'gone-l');
  const card = lobby.locator(`[data-testid="live-card"][data-live-id="${anna.liveId}"]`);
  await card.waitFor();
  await vera.get('chat-input').fill('are you there?');
  await cast.server.kill();

  const gone = ':has-text("The server cannot be reached.")';
  await everyone([anna, vera], (room) => room.sees('status-banner', gone, GONE_MS));
  await testId(lobby, 'status-banner').and(lobby.locator(gone)).waitFor({ timeout: GONE_MS });
  assert.ok(await card.isVisible(), 'who was live stays to be seen');
  await vera.isAccessible('the server is gone');
  await assertAccessible(lobby, 'the server is gone, in the lobby');
  await vera.press('chat-send');
  await vera.sees('toast', '.error');
  assert.equal(
    await vera.get('chat-input').inputValue(),
    'are you there?',
    'what was written is not lost',
  );

  await cast.server.start();
  await vera.press('reconnect');
  await vera.seesNo('status-banner', '', BACK_MS);
  await vera.press('chat-send');
  await vera.get('chat-item').filter({ hasText: 'are you there?' }).waitFor();
  await testId(lobby, 'status-banner').waitFor({ state: 'detached', timeout: BACK_MS });
  await card.waitFor();
});

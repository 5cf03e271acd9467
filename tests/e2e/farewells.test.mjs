// Ends of a visit that the user did not choose: kicked, banned, the live is over. The page shows
// the reason, the operator and a link.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assertAccessible, connect, everyone, testId, useCast } from './harness.mjs';

const OWNER_GONE_MS = 1_000;
const GONE_TIMEOUT_MS = 15_000;

const cast = useCast({ flags: ['--grace-ms', '500', '--owner-gone-ms', String(OWNER_GONE_MS)] });

/** The value of a number in the summary of an ended live. */
async function fact(room, name) {
  return room
    .get('room-ended')
    .locator('div')
    .filter({ has: room.page.getByText(name, { exact: true }) })
    .locator('dd')
    .textContent();
}

test('a kicked user sees the operator and a link to the lobby, and can join again', async () => {
  const ann = await cast.host('kick-ann');
  const eve = await cast.visit('kick-eve', ann.liveId);
  await cast.server.rest('POST', `/v1/lives/${ann.liveId}/kicks`, { userId: eve.userId });
  await eve.sees('room-kicked', ':has-text("You were removed from this live.")');
  await eve.isAccessible('kicked');
  await eve.get('room-kicked').getByRole('link', { name: 'To the lobby' }).click();
  await eve.get('live-card', `[data-live-id="${ann.liveId}"]`).click();
  await eve.sees('room');

  await eve.get('chat-input').fill('back again');
  await eve.press('chat-send');
  await ann.get('chat-item').filter({ hasText: 'back again' }).getByRole('button').click();
  await ann.sees('profile');
  await ann.isAccessible('a profile');
  await ann.press('profile-kick');
  await eve.sees('room-kicked');
  assert.equal(await eve.text('kicked-by'), 'kick-ann');
  assert.deepEqual([...ann.page.problems, ...eve.page.problems], []);
});

test('a user banned from the server sees that in a live, in the lobby and after a reload', async () => {
  const ann = await cast.host('ban-ann');
  const eve = await cast.visit('ban-eve', ann.liveId);
  const lobby = await cast.browser.open(cast.server, '/', 'ban-finn');
  await testId(lobby, 'live-card').first().waitFor();
  await cast.server.rest('PUT', '/v1/bans/ban-eve', {});
  await cast.server.rest('PUT', '/v1/bans/ban-finn', {});
  const said = 'You are banned from this server.';
  const [inLive, inLobby] = [
    eve.get('room-failed').getByText(said),
    testId(lobby, 'status-banner').getByText(said),
  ];
  for (const [page, banned] of [
    [eve.page, inLive],
    [lobby, inLobby],
  ]) {
    await banned.waitFor();
    await assertAccessible(page, 'banned from the server');
    await page.reload();
    await banned.waitFor();
    await assertAccessible(page, 'banned from the server, after a reload');
  }
  await eve.seesNo('toast');
  await ann.seesNo('seat', `[data-user-id="${eve.userId}"]`);
});

test('when the owner ends a live, all pages show its summary', async () => {
  const ann = await cast.host('end-ann');
  const vera = await cast.visit('end-vera', ann.liveId);
  await vera.get('chat-input').fill('good night');
  await vera.press('chat-send');
  await ann.get('chat-item').filter({ hasText: 'good night' }).waitFor();
  await vera.press('gift-open');
  await vera.press('gift-item', '[data-gift-id="rose"]');
  await vera.press('gift-send');
  await ann.get('chat-item').filter({ hasText: 'Rose' }).waitFor();

  await ann.press('close-room');
  await ann.sees('end-live');
  await ann.isAccessible('leaving one’s live');
  await ann.press('end-live');
  await everyone([ann, vera], async (room) => {
    await room.sees('room-ended', ':has-text("The live is over.")');
    assert.equal(await fact(room, 'Messages'), '1');
    assert.equal(await fact(room, 'Gifts'), '1');
    await room.isAccessible('the live is over');
  });
  await vera.get('room-ended').getByRole('link', { name: 'To the lobby' }).click();
  await vera.sees('start-live');
  assert.deepEqual([...ann.page.problems, ...vera.page.problems], []);
});

test('a live shows when the service closed it and when its streamer is gone', async () => {
  const [ann, ben] = await cast.hosts('close-ann', 'close-ben');
  const [vera, will] = await Promise.all([
    cast.visit('close-vera', ann.liveId),
    cast.visit('close-will', ben.liveId),
  ]);
  await cast.server.rest('DELETE', `/v1/lives/${ann.liveId}`);
  await everyone([ann, vera], (room) =>
    room.sees('room-ended', ':has-text("The live was closed.")'),
  );
  await cast.crash(ben);
  await will.sees('room-ended', ':has-text("away for too long")', GONE_TIMEOUT_MS);
  await will.isAccessible('the streamer was away for too long');
});

test('a live that has ended or never existed is reported as gone', async () => {
  const streamer = await connect(cast.server, 'over-ann');
  await streamer.call('createLive', { liveId: 'over', liveName: 'Over' });
  await streamer.call('endLive', { liveId: 'over' });
  for (const path of ['/live/over', '/live/never-was']) {
    const page = await cast.browser.open(cast.server, path, 'over-vera');
    await testId(page, 'room-failed').waitFor();
    assert.equal(await testId(page, 'toast').count(), 0, 'once is enough');
    await assertAccessible(page, path);
    await testId(page, 'room-failed').getByRole('link').click();
    await testId(page, 'start-live').waitFor();
  }
  streamer.close();
});

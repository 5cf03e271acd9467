// A viewer's gift moves everyone's bar: gift, webhook, billing back end, REST, score.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Room, everyone, startBilling, startBrowser } from './harness.mjs';

const ROSE_POINTS = 5;

let billing;
let browser;

before(async () => {
  [billing, browser] = await Promise.all([startBilling(), startBrowser()]);
});

after(async () => {
  await browser?.close();
  await billing?.dispose();
});

test('a gift is scored by the billing back end and moves every bar', async () => {
  const { server } = billing;
  const open = async (userId, path) => new Room(await browser.open(server, path, userId), userId);
  const [anna, ben] = await Promise.all([open('gift-a', '/'), open('gift-b', '/')]);
  for (const room of [anna, ben]) {
    await room.press('start-live');
    await room.get('start-title').fill('Gifts welcome');
    await room.press('start-confirm');
    await room.sees('room');
    room.liveId = await room.attribute('room', 'data-live-id');
  }
  await anna.inviteToBattle([ben]);
  await ben.answer(anna, 'accept');
  await anna.seesPhase('running');
  const vera = await open('gift-v', `/live/${anna.liveId}`);
  await vera.press('gift-open');
  await vera.press('gift-item', '[data-gift-id="rose"]');
  await vera.isAccessible('the gift sheet');
  assert.match(await vera.text('gift-send'), /1 coin/);
  await vera.get('gift-send').dblclick();
  await vera.get('gift-sent').filter({ hasText: 'Rose ×1 sent to gift-a' }).waitFor();
  await everyone([anna, ben, vera], (room) => room.seesScore(anna.liveId, ROSE_POINTS));
  await ben.seesScore(ben.liveId, 0);
  await vera.isAccessible('a gift in the chat');
  await vera.page.keyboard.press('Escape');

  // The other side is tapped, so the other side gets the gift.
  await vera.press('seat', `[data-user-id="${ben.userId}"]`);
  await vera.press('seat-gift');
  await vera.sees('gift-to-gift-b', '[aria-pressed="true"]');
  await vera.get('gift-count-99').click();
  await vera.press('gift-item', '[data-gift-id="rocket"]');
  await vera.press('gift-send');
  await vera.get('gift-send').filter({ hasText: 'Really send' }).waitFor();
  assert.equal(await ben.score(ben.liveId), 0, 'much is asked once more');
  await vera.press('gift-count-1');
  await vera.press('gift-item', '[data-gift-id="rose"]');
  await vera.press('gift-send');
  await everyone([anna, ben, vera], (room) => room.seesScore(ben.liveId, ROSE_POINTS));
  assert.equal(await anna.score(anna.liveId), ROSE_POINTS, 'the double click was one gift');
});

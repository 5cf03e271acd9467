// A viewer's gift moves everyone's bar: gift, webhook, billing back end, REST, score.
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
  await vera.press('gift-send');
  await everyone([anna, ben, vera], (room) => room.seesScore(anna.liveId, ROSE_POINTS));
  await ben.seesScore(ben.liveId, 0);
  await vera.isAccessible('a gift in the chat');
});

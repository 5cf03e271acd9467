// Invitations and battle requests that are declined, cancelled or expire, and mutual ones.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';

import { everyone, useCast } from './harness.mjs';

const TIMEOUT_MS = 20_000;

const cast = useCast();
let hosts = [];

afterEach(() => Promise.all(hosts.map((room) => room.page.context().close())));

async function pair(name) {
  hosts = await cast.hosts(`${name}-a`, `${name}-b`);
  return hosts;
}

async function assertApart([anna, ben]) {
  await anna.seesNo('outgoing');
  await ben.seesNo('incoming');
  assert.equal(await anna.get('cohost-exit').count(), 0, 'nobody is connected');
}

test('the inviter is notified of a declined invitation', async () => {
  const [anna, ben] = await pair('declined');
  await anna.invite([ben]);
  await ben.answer(anna, 'decline');
  await anna.sees('toast', ':has-text("declined")');
  await assertApart([anna, ben]);
  await anna.isAccessible('a declined invitation');
});

test('an unanswered invitation expires on both sides', async () => {
  const [anna, ben] = await pair('silent');
  await anna.invite([ben]);
  await ben.sees('incoming');
  await ben.seesNo('incoming', '', TIMEOUT_MS);
  await anna.sees('toast', ':has-text("did not answer")');
  await assertApart([anna, ben]);
});

test('a cancelled invitation disappears from the inbox', async () => {
  const [anna, ben] = await pair('cancelled');
  await anna.invite([ben]);
  await ben.sees('incoming');
  await anna.press('outgoing-cancel');
  await assertApart([anna, ben]);
});

test('the inbox shows two invitations, each with its own countdown', async () => {
  hosts = await cast.hosts('inbox-a', 'inbox-b', 'inbox-c');
  const [anna, ben, cleo] = hosts;
  await anna.invite([cleo]);
  await ben.invite([cleo]);
  for (const room of [anna, ben]) {
    await cleo.sees(
      'incoming',
      `[data-live-id="${room.liveId}"] [data-testid="incoming-countdown"]`,
    );
  }
  await cleo.answer(ben, 'accept');
  await ben.seesOnSeat(cleo.liveId, 0, cleo.userId);
  await cleo.sees('incoming', `[data-live-id="${anna.liveId}"]`);
});

test('mutual invitations connect the two lives', async () => {
  const [anna, ben] = await pair('mutual');
  await anna.invite([ben]);
  await ben.sees('incoming');
  await ben.invite([anna]);
  await everyone([anna, ben], (room) => room.sees('cohost-exit'));
  await everyone([anna, ben], (room) => room.seesNo('incoming'));
  await anna.isAccessible('two connected rooms');
});

test('a declined, a cancelled and an unanswered battle request start nothing', async () => {
  const [anna, ben] = await pair('nobattle');
  await anna.connectWith(ben);

  await anna.requestBattle();
  await ben.press('pk-decline');
  await anna.sees('toast', ':has-text("declined")');

  await anna.requestBattle();
  await ben.sees('pk-incoming');
  await anna.press('pk-cancel');
  await ben.seesNo('pk-incoming');

  await anna.requestBattle();
  await ben.sees('pk-incoming');
  await ben.seesNo('pk-incoming', '', TIMEOUT_MS);
  await everyone([anna, ben], (room) => room.seesNo('pk-layer'));
});

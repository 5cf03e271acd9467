// Moderation of a viewer, from the perspectives of the streamer and the viewer.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { useCast } from './harness.mjs';

const cast = useCast();

test('a streamer mutes and bans a user from the chat, who sees the operator and stays out', async () => {
  const ann = await cast.host('ann');
  const eve = await cast.visit('eve', ann.liveId);
  await eve.get('chat-input').fill('hello');
  await eve.press('chat-send');

  await ann.get('chat-item').filter({ hasText: 'hello' }).getByRole('button').click();
  await ann.press('profile-mute');
  await eve.sees('chat-input', ':disabled');
  await ann.press('profile-mute');
  await eve.sees('chat-input', ':enabled');

  await ann.press('profile-ban');
  await eve.sees('room-kicked');
  assert.equal(await eve.text('kicked-by'), 'ann');
  await eve.isAccessible('banned');
  await eve.page.goto(new URL(`/live/${ann.liveId}`, cast.server.url).href);
  await eve.sees('room-failed', ':has-text("banned")');
  assert.deepEqual(ann.page.problems, []);
});

test('a streamer unbans a user in the list of bans, who can join again', async () => {
  const lia = await cast.host('lia');
  const max = await cast.visit('max', lia.liveId);
  await max.get('chat-input').fill('buy my coins');
  await max.press('chat-send');
  await lia.get('chat-item').filter({ hasText: 'coins' }).getByRole('button').click();
  await lia.press('profile-ban');
  await max.sees('room-kicked');
  await lia.page.keyboard.press('Escape');

  await lia.press('audience-open');
  await lia.press('bans-open');
  await lia.sees('ban', '[data-user-id="max"]');
  assert.match(await lia.text('ban'), /lia/, 'by whom');
  await lia.isAccessible('bans');
  await lia.press('ban-lift');
  await lia.seesNo('ban');
  await lia.sees('bans-empty');

  const again = await cast.visit('max', lia.liveId);
  await again.get('chat-input').fill('sorry');
  await again.press('chat-send');
  await lia.sees('chat-item', ':has-text("sorry")');
  assert.deepEqual([...lia.page.problems, ...again.page.problems], []);
});

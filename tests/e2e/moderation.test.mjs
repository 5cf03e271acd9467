// A viewer who misbehaves, as the streamer and the viewer see it.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { useCast } from './harness.mjs';

const cast = useCast();

test('a streamer mutes and bans somebody from the chat, who sees by whom and stays out', async () => {
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

// Runs axe on every screen and state of a live.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { connect, useCast, violations } from './harness.mjs';

const BATTLE_S = 20;
const RESULT_MS = 30_000;

const found = [];
const cast = useCast();

/** Collects all findings, so that one run reports all of them. */
async function read(page, screen) {
  found.push(...(await violations(page, screen)));
}

test('axe finds nothing on any screen from the lobby to the result', async () => {
  const ben = await cast.host('ben');
  const lobby = await cast.browser.open(cast.server, '/', 'reader');
  await lobby.getByTestId('live-card').first().waitFor();
  await read(lobby, 'lobby');
  await lobby.getByTestId('start-live').click();
  await lobby.getByTestId('start-title').waitFor();
  await read(lobby, 'start sheet');

  const anna = await cast.host('anna');
  await read(anna.page, 'room');
  await anna.press('audience-open');
  await anna.sees('audience-count');
  await read(anna.page, 'audience sheet');
  await anna.page.keyboard.press('Escape');
  await anna.press('cohost-open');
  await anna.sees('candidate');
  await read(anna.page, 'co-host sheet');
  await anna.page.keyboard.press('Escape');

  const cora = await connect(cast.server, 'cora');
  await cora.call('createLive', { liveId: 'cora', liveName: 'Cora is live' });
  await cora.call('requestHostConnection', { liveId: 'cora', targetHosts: [anna.liveId] });
  await anna.sees('incoming');
  await read(anna.page, 'an invitation');
  await anna.get('incoming').locator('[data-testid="incoming-decline"]').click();
  cora.close();

  await anna.connectWith(ben);
  await anna.press('pk-request');
  await anna.get('pk-duration-custom').fill(String(BATTLE_S));
  await anna.get('pk-duration-custom').blur();
  await anna.press('pk-penalty-0');
  await read(anna.page, 'battle sheet');
  await anna.press('pk-send');
  await ben.press('pk-accept');
  await anna.seesPhase('running');
  await read(anna.page, 'battle');

  await ben.press('gift-open');
  await ben.sees('gift-item');
  await read(ben.page, 'gift sheet');

  await anna.seesOutcome('draw', RESULT_MS);
  await read(anna.page, 'result');
  assert.deepEqual(found, []);
  assert.deepEqual([...lobby.problems, ...anna.page.problems, ...ben.page.problems], []);
});

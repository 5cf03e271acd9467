// Runs axe on each element, including its shadow root, in every theme.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { assertAccessible } from '../../tests/e2e/harness.mjs';
import { openElementsPage, put, startBattle, startLive } from './support/hosts.mjs';
import { shows, world } from './support/world.mjs';

/** A host page without colours of its own. */
async function openPlain(user) {
  const page = await openElementsPage(user);
  await page.evaluate(() => document.querySelector('style').remove());
  return page;
}

async function press(page, testId) {
  await page.locator(`[data-testid="${testId}"]`).first().click();
  await page.locator('dialog h2').waitFor();
}

async function closeSheet(page) {
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
}

describe('axe finds nothing', () => {
  test('in a live, for viewers and with readonly', async () => {
    const host = await startLive('axe-live');
    await host.call('sendTextMessage', { liveId: 'axe-live', text: 'good evening' });
    const page = await openPlain('axe-viewer');
    await put(page, '<duelcast-live live-id="axe-live"></duelcast-live>');
    await shows(page, 'duelcast-live .chat', /good evening/);
    await assertAccessible(page, 'live');
    await press(page, 'gift-open');
    await assertAccessible(page, 'live with its gifts');
    await closeSheet(page);
    await page.evaluate(() =>
      document.querySelector('duelcast-live').toggleAttribute('readonly', true),
    );
    await page.locator('[data-testid="gift-open"]').waitFor({ state: 'detached' });
    await shows(page, 'duelcast-live .chat', /good evening/);
    await assertAccessible(page, 'readonly live');
    host.close();
  });

  test('in a live that cannot be joined', async () => {
    const page = await openPlain('axe-stranger');
    await put(page, '<duelcast-live live-id="axe-nowhere"></duelcast-live>');
    await page.locator('[data-testid="room-failed"]').waitFor();
    await assertAccessible(page, 'no live');
  });

  test('in the live of an owner', async () => {
    const page = await openPlain('axe-owner');
    await page.evaluate(() =>
      globalThis.duelcast.LiveListStore.shared.createLive({
        liveName: 'mine',
        liveId: 'axe-owner',
      }),
    );
    await put(page, '<duelcast-live live-id="axe-owner"></duelcast-live>');
    await page.locator('[data-testid="cohost-open"]').waitFor();
    await assertAccessible(page, 'own live');
    await press(page, 'cohost-open');
    await assertAccessible(page, 'own live with candidates');
  });

  test('in seats and a bar of lives in a battle', async () => {
    const { server } = await world();
    const { sockets, battleId } = await startBattle('axe-left', 'axe-right');
    const page = await openPlain('axe-watcher');
    await put(
      page,
      '<duelcast-pk-bar live-id="axe-left"></duelcast-pk-bar><duelcast-seats live-id="axe-left"></duelcast-seats>',
    );
    await server.addScores(battleId, { 'axe-left': 7, 'axe-right': 3 });
    await page.locator('[part="score"][data-live-id="axe-left"][data-score="7"]').waitFor();
    await page.locator('duelcast-seats [data-testid="seat"]').first().waitFor();
    await assertAccessible(page, 'battle');
    await press(page, 'seat');
    await assertAccessible(page, 'a seat');
    await closeSheet(page);
    await server.rest('POST', `/v1/battles/${battleId}/end`, {});
    await page.locator('[data-testid="pk-layer"][data-phase="ended"]').waitFor();
    await assertAccessible(page, 'result');
    sockets.forEach((socket) => socket.close());
  });

  test('in the lobby', async () => {
    const host = await startLive('axe-listed');
    const page = await openPlain('axe-guest');
    await put(page, '<duelcast-lobby></duelcast-lobby>');
    await page.locator('[data-live-id="axe-listed"]').waitFor();
    await assertAccessible(page, 'lobby');
    await press(page, 'start-live');
    await assertAccessible(page, 'starting a live');
    host.close();
  });
});

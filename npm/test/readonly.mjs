// The `readonly` attribute: content is shown, but has no controls.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { openElementsPage, put, startBattle, startLive } from './support/hosts.mjs';
import { shows } from './support/world.mjs';

/** Labels of all controls. */
function controls(page, element) {
  return page
    .locator(element)
    .evaluate(({ shadowRoot }) =>
      [...shadowRoot.querySelectorAll('button, input, select, textarea, a[href]')]
        .filter((control) => !control.disabled && control.checkVisibility())
        .map((control) => control.getAttribute('aria-label') ?? control.textContent),
    );
}

test('a readonly live shows its chat and its seats, and has no controls', async () => {
  const host = await startLive('ro-live');
  await host.call('sendTextMessage', { liveId: 'ro-live', text: 'good evening' });
  const page = await openElementsPage('ro-viewer');
  await put(page, '<duelcast-live live-id="ro-live" readonly></duelcast-live>');
  await shows(page, 'duelcast-live .chat', /good evening/);
  await shows(page, 'duelcast-live [data-testid="seat"][data-index="0"]', /ro-live/);
  assert.deepEqual(await controls(page, 'duelcast-live'), []);

  await page.evaluate(() => (document.querySelector('duelcast-live').readonly = false));
  await page.locator('duelcast-live [data-testid="chat-input"]').fill('hello');
  await page.locator('duelcast-live [data-testid="chat-send"]').click();
  await shows(page, 'duelcast-live .chat', /hello/);
  await page.locator('duelcast-live [data-testid="gift-open"]').click();
  await page.locator('duelcast-live dialog .gifts').waitFor();

  await page.evaluate(() => (document.querySelector('duelcast-live').readonly = true));
  await page.locator('duelcast-live dialog').waitFor({ state: 'detached' });
  await shows(page, 'duelcast-live .chat', /hello/);
  assert.deepEqual(await controls(page, 'duelcast-live'), []);
  assert.deepEqual(page.problems, []);
  host.close();
});

test('readonly removes the owner tools, the menus of seats and bar, and starting a live in the lobby', async () => {
  const page = await openElementsPage('ro-owner');
  await page.evaluate(() =>
    globalThis.duelcast.LiveListStore.shared.createLive({ liveName: 'mine', liveId: 'ro-owner' }),
  );
  const { sockets } = await startBattle('ro-left', 'ro-right');
  const parts = [
    'live live-id="ro-owner"',
    'seats live-id="ro-left"',
    'pk-bar live-id="ro-left"',
    'lobby',
  ];
  await put(
    page,
    parts.map((part) => `<duelcast-${part} readonly></duelcast-${part.split(' ')[0]}>`).join(''),
  );
  await page.locator('duelcast-live [data-role="owner"]').waitFor();
  await page.locator('duelcast-seats [data-testid="seat"]').first().waitFor();
  await page.locator('duelcast-pk-bar [part="bar"]').waitFor();
  await page.locator('duelcast-lobby [data-live-id="ro-left"]').waitFor();
  for (const element of ['duelcast-live', 'duelcast-seats', 'duelcast-pk-bar']) {
    assert.deepEqual(await controls(page, element), [], element);
  }
  assert.equal(await page.locator('duelcast-lobby [data-testid="start-live"]').count(), 0);
  assert.equal(await page.locator('duelcast-lobby .own-live').count(), 0);
  await page.evaluate(() => (document.querySelector('duelcast-lobby').readonly = false));
  await page.locator('duelcast-lobby [data-testid="start-live"]').waitFor();
  sockets.forEach((socket) => socket.close());
});

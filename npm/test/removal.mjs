// An element can be removed at any time: the client and the other elements of the page keep
// working.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { eventually } from '../../tests/e2e/harness.mjs';
import { openElementsPage, put, startBattle, startLive } from './support/hosts.mjs';
import { shows, world } from './support/world.mjs';

/** Longer than a toast is shown, shorter than the idle time after which a socket counts as lost. */
const AFTER_A_TOAST_MS = 6_000;
const REFUSAL = {
  code: 100006,
  message: 'Refused by the test.',
  data: { name: 'noPermission', retryable: false },
};

/**
 * The page for elements, with control over its socket: `hold(methods)` withholds calls of these
 * methods from the server, and `refuse()` answers them with an error.
 */
async function openHeldPage(user) {
  const held = [];
  let methods = [];
  let answer;
  const prepare = async (page) => {
    await page.clock.install();
    await page.routeWebSocket(/\/v1\/ws$/, (socket) => {
      const server = socket.connectToServer();
      answer = (frame) => socket.send(JSON.stringify({ jsonrpc: '2.0', ...frame }));
      socket.onMessage((text) => {
        const { id, method } = JSON.parse(text);
        if (methods.includes(method)) held.push({ id, method });
        else server.send(text);
      });
    });
  };
  const page = await openElementsPage(user, '', { prepare });
  return {
    page,
    hold: (...names) => (methods = names),
    isHeld: (method) =>
      eventually(`${method} to be called`, () => held.some((call) => call.method === method)),
    refuse() {
      methods = [];
      for (const { id } of held.splice(0)) answer({ id, error: REFUSAL });
    },
  };
}

/** Removes the element, waits for its pending work, and asserts that the client still works. */
async function removeAndGoOn({ page, refuse }, tag) {
  await page.evaluate((tag) => document.querySelector(tag).remove(), tag);
  await page.evaluate(() => new Promise(queueMicrotask));
  refuse();
  await page.clock.fastForward(AFTER_A_TOAST_MS);
  const { panics, status } = await page.evaluate(async () => {
    const panics = [];
    globalThis.duelcast.onPanic((message) => panics.push(message));
    await globalThis.duelcast.LiveListStore.shared.fetchLiveList();
    return { panics, status: globalThis.duelcast.getConnection().status };
  });
  assert.deepEqual(
    { panics, status, problems: page.problems },
    { panics: [], status: 'online', problems: [] },
  );
}

describe('removing an element', { concurrency: true }, () => {
  test('while a toast is shown', async () => {
    const host = await startLive('rm-toast');
    const held = await openHeldPage('rm-toast-viewer');
    await put(held.page, '<duelcast-live live-id="rm-toast"></duelcast-live>');
    await held.page.locator('duelcast-live [data-testid="share"]').click();
    await held.page.locator('duelcast-live [data-testid="toast"]').waitFor();
    await removeAndGoOn(held, 'duelcast-live');
    host.close();
  });

  test('while a text that will be refused is pending', async () => {
    const host = await startLive('rm-text');
    const held = await openHeldPage('rm-text-viewer');
    await put(held.page, '<duelcast-live live-id="rm-text"></duelcast-live>');
    held.hold('sendTextMessage');
    await held.page.locator('duelcast-live [data-testid="chat-input"]').fill('hello');
    await held.page.locator('duelcast-live [data-testid="chat-send"]').click();
    await held.isHeld('sendTextMessage');
    await removeAndGoOn(held, 'duelcast-live');
    host.close();
  });

  test('while a request for a seat that will be refused is pending', async () => {
    const host = await startLive('rm-seat');
    const held = await openHeldPage('rm-seat-viewer');
    await put(held.page, '<duelcast-seats live-id="rm-seat"></duelcast-seats>');
    await shows(held.page, 'duelcast-seats [data-testid="seat"][data-index="0"]', /rm-seat/);
    held.hold('takeSeat');
    await held.page.locator('duelcast-seats [data-testid="seat"][data-index="1"]').click();
    await held.page.locator('duelcast-seats dialog button.primary').first().click();
    await held.isHeld('takeSeat');
    await removeAndGoOn(held, 'duelcast-seats');
    host.close();
  });

  test('while the start of a live that will be refused is pending', async () => {
    const held = await openHeldPage('rm-start');
    await put(held.page, '<duelcast-lobby></duelcast-lobby>');
    held.hold('createLive');
    await held.page.locator('duelcast-lobby [data-testid="start-live"]').click();
    await held.page.locator('duelcast-lobby [data-testid="start-title"]').fill('Mine');
    await held.page.locator('duelcast-lobby [data-testid="start-confirm"]').click();
    await held.isHeld('createLive');
    await removeAndGoOn(held, 'duelcast-lobby');
  });

  for (const [tag, method] of [
    ['duelcast-live', 'joinLive'],
    ['duelcast-seats', 'joinLive'],
    ['duelcast-pk-bar', 'joinLive'],
    ['duelcast-lobby', 'fetchLiveList'],
  ]) {
    test(`before its first call is refused: ${tag}`, async () => {
      const liveId = `rm-first-${tag}`;
      const host = await startLive(liveId);
      const held = await openHeldPage(`${liveId}-viewer`);
      held.hold(method);
      await put(held.page, `<${tag} live-id="${liveId}"></${tag}>`);
      await held.isHeld(method);
      await removeAndGoOn(held, tag);
      host.close();
    });
  }

  test('while a battle runs and the score moves', async () => {
    const { sockets, battleId } = await startBattle('rm-left', 'rm-right');
    const held = await openHeldPage('rm-battle-viewer');
    const { server } = await world();
    for (const tag of ['duelcast-pk-bar', 'duelcast-seats', 'duelcast-live']) {
      await put(held.page, `<${tag} live-id="rm-left"></${tag}>`);
      await held.page
        .locator(`${tag} [part~="${tag === 'duelcast-seats' ? 'seats' : 'bar'}"]`)
        .first()
        .waitFor();
      await Promise.all([server.addScores(battleId, { 'rm-left': 5 }), removeAndGoOn(held, tag)]);
    }
    sockets.forEach((socket) => socket.close());
  });
});

// The lobby, and the page of a session that was taken over.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assertAccessible, connect, eventually, testId, useCast } from './harness.mjs';

const { server, browser } = useCast();

test('the search finds a live by title or streamer, and reports when there is no match', async () => {
  const [mira, tom] = await Promise.all([
    connect(server, 'mira', 'Mira'),
    connect(server, 'tom', 'Tom'),
  ]);
  await mira.call('createLive', { liveId: 'owls', liveName: 'Night owls' });
  await tom.call('createLive', { liveId: 'vinyl', liveName: 'Vinyl and tea' });
  const page = await browser.open(server, '/', 'ann');
  const card = (liveId) => page.locator(`[data-testid="live-card"][data-live-id="${liveId}"]`);
  await card('owls').waitFor();
  await card('vinyl').waitFor();

  await testId(page, 'search').fill('OWL');
  await card('vinyl').waitFor({ state: 'detached' });
  await card('owls').waitFor();
  await testId(page, 'search').fill('tom');
  await card('vinyl').waitFor();
  await card('owls').waitFor({ state: 'detached' });
  await testId(page, 'search').fill('nobody at all');
  assert.match(await testId(page, 'lobby-empty').textContent(), /Nobody by that name/);
  await assertAccessible(page, 'a search without a result');

  await testId(page, 'search').fill('');
  await card('owls').waitFor();
  await tom.call('endLive', { liveId: 'vinyl' });
  await card('vinyl').waitFor({ state: 'detached' });
  assert.deepEqual(page.problems, []);
  await mira.call('endLive', { liveId: 'owls' });
  mira.close();
  tom.close();
});

test('a page whose session was taken over is paused until it takes the session back', async () => {
  const first = await browser.open(server, '/', 'twice');
  await testId(first, 'start-live').waitFor();
  const second = await connect(server, 'twice');
  await testId(first, 'take-over').waitFor();
  await assertAccessible(first, 'signed in elsewhere');
  await testId(first, 'take-over').click();
  await testId(first, 'take-over').waitFor({ state: 'detached' });
  second.close();
});

/**
 * Holds the page's requests for the list: `answer()` passes them to the server, `refuse()` answers
 * with an error.
 */
async function holdLists(page) {
  const lists = { held: [], hold: true, answer: undefined, refuse: undefined };
  await page.routeWebSocket(/\/v1\/ws$/, (socket) => {
    const toServer = socket.connectToServer();
    socket.onMessage((text) => {
      const { id, method } = JSON.parse(text);
      if (method === 'fetchLiveList' && lists.hold) lists.held.push({ socket, toServer, id, text });
      else toServer.send(text);
    });
  });
  const settle = (each) => () => lists.held.splice(0).forEach(each);
  lists.answer = settle(({ toServer, text }) => toServer.send(text));
  lists.refuse = settle(({ socket, id }) => {
    const error = { code: -32603, message: 'Something went wrong.', data: { name: 'internal' } };
    socket.send(JSON.stringify({ jsonrpc: '2.0', id, error }));
  });
  return lists;
}

test('skeletons are shown before the first response; a failure is reported and can be retried', async () => {
  const mira = await connect(server, 'mira', 'Mira');
  await mira.call('createLive', { liveId: 'slow', liveName: 'Slow and steady' });
  const page = await browser.open(server, '/', 'patient');
  await testId(page, 'live-card').first().waitFor();
  const lists = await holdLists(page);
  await page.reload();
  await page.locator('.live-card.skeleton').first().waitFor();
  await eventually('the list to be asked for', () => lists.held.length > 0);
  await assertAccessible(page, 'the lobby is loading');
  lists.refuse();
  await testId(page, 'lobby-empty').getByText('The list could not be fetched.').waitFor();
  await assertAccessible(page, 'the lobby could not be fetched');
  lists.hold = false;
  await testId(page, 'retry').click();
  await page.locator('[data-testid="live-card"][data-live-id="slow"]').waitFor();
  await page.locator('.live-card.skeleton').first().waitFor({ state: 'detached' });
  await mira.call('endLive', { liveId: 'slow' });
  await testId(page, 'lobby-empty').getByText('Nobody is live right now').waitFor();
  await assertAccessible(page, 'an empty lobby');
  mira.close();
});

test('pulling the lobby down refreshes it, a short pull does not', async () => {
  const page = await browser.open(server, '/', 'puller', {
    hasTouch: true,
    viewport: { width: 390, height: 844 },
  });
  await testId(page, 'lobby-empty').waitFor();
  // A hidden page does not refresh by itself.
  await page.evaluate(() => Object.defineProperty(document, 'hidden', { get: () => true }));
  let asked = 0;
  const lists = await page.context().newCDPSession(page);
  await lists.send('Network.enable');
  lists.on(
    'Network.webSocketFrameSent',
    ({ response }) => (asked += response.payloadData.includes('fetchLiveList') ? 1 : 0),
  );
  const mira = await connect(server, 'mira', 'Mira');
  await mira.call('createLive', { liveId: 'fresh', liveName: 'Fresh' });
  const before = asked;

  const touch = (type, y) =>
    lists.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: y === undefined ? [] : [{ x: 200, y }],
    });
  const pull = async (px) => {
    await touch('touchStart', 200);
    for (const part of [0.25, 0.5, 0.75, 1]) await touch('touchMove', 200 + px * part);
  };
  await pull(60);
  await page.locator('.pull:not(.idle):not(.enough)').waitFor();
  await touch('touchEnd');
  await page.locator('.pull.idle').waitFor();
  assert.equal(asked, before, 'a little pull asks for nothing');
  await pull(300);
  await page.locator('.pull.enough').waitFor();
  await touch('touchEnd');
  await page.locator('[data-testid="live-card"][data-live-id="fresh"]').waitFor();
  await page.locator('.pull.idle').waitFor();
  assert.deepEqual(page.problems, []);
  await mira.call('endLive', { liveId: 'fresh' });
  mira.close();
});

test('scrolling to the end of the list loads the next page', async () => {
  const owners = await Promise.all(
    Array.from({ length: 25 }, (_, i) => connect(server, `scroll-${i}`)),
  );
  for (const [i, owner] of owners.entries())
    await owner.call('createLive', { liveId: `scroll-${i}`, liveName: `Scroll ${i}` });
  const page = await browser.open(server, '/', 'scroller', {
    viewport: { width: 390, height: 844 },
  });
  const cards = testId(page, 'live-card');
  await cards.first().waitFor();
  assert.ok((await cards.count()) < owners.length, 'a page is not everything');
  await page.mouse.move(200, 400);
  const isWhole = async () => {
    await page.mouse.wheel(0, 600);
    return (await cards.count()) === owners.length;
  };
  await eventually('the whole list', isWhole);
  assert.equal(await testId(page, 'load-more').count(), 0, 'the end is the end');
  assert.deepEqual(page.problems, []);
  for (const [i, owner] of owners.entries()) {
    await owner.call('endLive', { liveId: `scroll-${i}` });
    owner.close();
  }
});

test('a live has the settings of the start sheet, and a title is required', async () => {
  const page = await browser.open(server, '/', 'planner');
  await testId(page, 'start-live').click();
  await testId(page, 'start-title').fill('   ');
  assert.ok(await testId(page, 'start-confirm').isDisabled());
  await testId(page, 'start-title').fill('By invitation');
  await testId(page, 'start-seats-4').click();
  await testId(page, 'start-mode-apply').click();
  await page.getByText('Show it in the lobby').click();
  await assertAccessible(page, 'a start sheet that is filled in');
  await testId(page, 'start-confirm').click();
  await testId(page, 'room').waitFor();
  assert.equal(await testId(page, 'seat').count(), 4);
  const liveId = await testId(page, 'room').getAttribute('data-live-id');

  const viewer = await browser.open(server, '/', 'guest');
  await testId(viewer, 'lobby-empty').waitFor();
  await viewer.goto(`${server.url}/live/${liveId}`);
  await viewer.locator('[data-testid="seat"][data-index="1"]').click();
  await testId(viewer, 'seat-apply').click();
  await testId(page, 'seat-application-accept').click();
  await page.locator('[data-testid="seat"][data-index="1"][data-user-id="guest"]').waitFor();
  assert.deepEqual([...page.problems, ...viewer.problems], []);
});

// Repeated and late initialisation: a second init, and elements that are imported while the page is
// in a live.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { eventually } from '../../tests/e2e/harness.mjs';
import { openElementsPage, put, startLive } from './support/hosts.mjs';
import { openSockets, shows, world } from './support/world.mjs';

test('importing loads nothing: init loads the wasm and the stylesheet', async () => {
  const { files, open } = await world();
  const page = await open('/pages/elements.html?idle', 'el-idle', files);
  await page.waitForFunction(() => globalThis.duelcast !== undefined);
  const loaded = () =>
    page.evaluate(() => {
      const names = performance
        .getEntriesByType('resource')
        .map(({ name }) => /[^/]+$/.exec(name)?.[0] ?? '');
      return names.filter((name) => /\.(wasm|css\.txt)$/.test(name)).sort();
    });
  assert.deepEqual(await loaded(), []);
  assert.equal(page.sockets.length, 0);
  await page.evaluate(() => globalThis.init());
  assert.deepEqual(await loaded(), ['elements.css.txt', 'elements_bg.wasm']);
});

test('a second init has no effect, and neither has the same login', async () => {
  const page = await openElementsPage('el-twice', 'late');
  const found = await page.evaluate(async () => {
    const { getConnection, init, login } = globalThis.duelcast;
    const [first, second] = [init(), init({ url: 'http://127.0.0.1:1' })];
    await second;
    login(new URLSearchParams(location.search).get('token'));
    const wasm = performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.endsWith('.wasm'));
    return { isSame: first === second, status: getConnection().status, wasmCount: wasm.length };
  });
  assert.deepEqual(found, { isSame: true, status: 'online', wasmCount: 1 });
  assert.equal(page.sockets.length, 1);
});

test('elements imported after init replace the client and keep one socket', async () => {
  const host = await startLive('el-late');
  const page = await openElementsPage('el-comer', 'late');
  await page.evaluate(async () => {
    const store = globalThis.duelcast.LiveSeatStore.create('el-late');
    globalThis.seatCounts = [];
    store.subscribe(
      (state) => state.seatList.filter((seat) => seat.user).length,
      (count) => globalThis.seatCounts.push(count),
    );
    globalThis.store = store;
    await globalThis.duelcast.LiveStore.create('el-late').join();
  });
  await put(page, '<duelcast-seats></duelcast-seats>');
  await page.evaluate(() => (document.querySelector('duelcast-seats').liveId = 'el-late'));
  await page.evaluate(() => globalThis.importElements());
  await shows(page, 'duelcast-seats [data-testid="seat"][data-index="0"]', /el-late/);
  assert.equal(page.sockets.length, 2);
  assert.equal(openSockets(page).length, 1);
  assert.equal(
    await page.evaluate(() => globalThis.store.state.seatList[0].user.userName),
    'el-late',
  );
  await host
    .call('kickUserOutOfSeat', { liveId: 'el-late', userId: 'el-late' })
    .catch(() => host.call('leaveSeat', { liveId: 'el-late' }));
  await eventually('the store to hear of it', () =>
    page.evaluate(() => globalThis.seatCounts.at(-1) === 0),
  );
  assert.deepEqual(page.problems, []);
  host.close();
});

test('events during the switch are delivered once, in order, and no offline status is reported', async () => {
  const host = await startLive('el-between');
  const page = await openElementsPage('el-hearer', 'late');
  await page.evaluate(async () => {
    const { BarrageStore, LiveStore, getConnection, onConnectionChange } = globalThis.duelcast;
    Object.assign(globalThis, { heard: [], statuses: [] });
    onConnectionChange(() => globalThis.statuses.push(getConnection().status));
    BarrageStore.create('el-between').on('onTextMessage', ({ message }) =>
      globalThis.heard.push(message.text),
    );
    await LiveStore.create('el-between').join();
  });
  const say = (text) => host.call('sendTextMessage', { liveId: 'el-between', text });
  // The second socket must not connect before an event has happened.
  await page.routeWebSocket(/\/v1\/ws$/, async (socket) => {
    await say('between');
    socket.connectToServer();
  });
  await say('before');
  await page.evaluate(() => globalThis.importElements());
  await page.waitForFunction(() => globalThis.duelcast.getConnection().status === 'online');
  await eventually('the page to be in the live again', () =>
    page.evaluate(() => globalThis.heard.includes('between')),
  );
  await say('after');
  await eventually('the last one', () => page.evaluate(() => globalThis.heard.includes('after')));
  assert.deepEqual(await page.evaluate(() => globalThis.heard), ['before', 'between', 'after']);
  assert.deepEqual(await page.evaluate(() => globalThis.statuses.includes('offline')), false);
  host.close();
});

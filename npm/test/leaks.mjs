// What was disposed of leaves nothing behind.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { openElementsPage, startLive } from './support/hosts.mjs';
import { shows } from './support/world.mjs';

/** What there is on the page: listeners of the DOM after a collection of garbage, rooms and listeners of ours, the wasm's memory. */
async function take(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  await cdp.send('HeapProfiler.collectGarbage');
  const { metrics } = await cdp.send('Performance.getMetrics');
  const metric = (name) => metrics.find((metric) => metric.name === name).value;
  const ours = await page.evaluate(async () => {
    const registry = globalThis[Symbol.for('duelcast@0.1')];
    const { default: wasm } = await import('/node_modules/duelcast/dist/wasm/elements.js');
    const { memory } = await wasm();
    const sets = Object.values(registry).filter((value) => value instanceof Set);
    const rooms = [...registry.rooms.values()].map((room) => room.changed.size + room.happened.size);
    return { rooms, listeners: sets.reduce((sum, set) => sum + set.size, 0), wasmBytes: memory.buffer.byteLength };
  });
  await cdp.detach();
  return { ...ours, domListeners: metric('JSEventListeners') };
}

test('a thousand stores that were disposed of leave neither listeners nor memory behind', async () => {
  const host = await startLive('leak-stores');
  const page = await openElementsPage('leak-reader');
  const cycles = (count) =>
    page.evaluate(async (count) => {
      const { BattleStore, LiveSeatStore, LiveStore } = globalThis.duelcast;
      for (let index = 0; index < count; index += 1) {
        const live = index % 50 === 0 ? 'leak-stores' : `none-${index % 7}`;
        const stores = [BattleStore, LiveSeatStore, LiveStore].map((kind) => kind.create(live));
        for (const store of stores) store.subscribe(() => {});
        stores[0].on('onBattleEnded', () => {});
        if (live === 'leak-stores') await stores[2].join();
        for (const store of stores) store.dispose();
        stores[0].dispose();
        await null;
      }
    }, count);
  await cycles(1_000);
  const before = await take(page);
  await cycles(1_000);
  const after = await take(page);
  assert.deepEqual(after, before);
  assert.deepEqual(after.rooms, []);
  host.close();
});

test('elements that were removed leave neither listeners nor memory behind', async () => {
  const host = await startLive('leak-elements');
  const page = await openElementsPage('leak-remover');
  const html = '<duelcast-live live-id="leak-elements"></duelcast-live><duelcast-pk-bar live-id="leak-elements"></duelcast-pk-bar>';
  const cycles = async (count) => {
    for (let index = 0; index < count; index += 1) {
      await page.evaluate((html) => void (document.getElementById('here').innerHTML = html), html);
      await shows(page, 'duelcast-live .host-pill', /leak-elements is live/);
      await page.evaluate(async () => {
        document.getElementById('here').replaceChildren();
        await new Promise(requestAnimationFrame);
      });
    }
  };
  await cycles(12);
  const before = await take(page);
  await cycles(24);
  assert.deepEqual(await take(page), before);
  host.close();
});

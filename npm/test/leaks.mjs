// Disposed stores and removed elements leak no memory and no listeners.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { openElementsPage, startLive } from './support/hosts.mjs';

/**
 * The resources of the page: DOM listeners after a garbage collection, our rooms and listeners, the
 * memory of wasm.
 */
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
    const rooms = [...registry.rooms.values()].map(
      (room) => room.changed.size + room.happened.size,
    );
    return {
      rooms,
      listeners: sets.reduce((sum, set) => sum + set.size, 0),
      wasmBytes: memory.buffer.byteLength,
    };
  });
  await cdp.detach();
  return { ...ours, domListeners: metric('JSEventListeners') };
}

test('a thousand disposed stores leak no listeners and no memory', async () => {
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

/** Memory grows in pages; one more may be needed because of fragmentation. */
const WASM_PAGE_BYTES = 65_536;

/** Runs the same action twice and compares the resources after both runs. */
async function compare(page, work) {
  await work();
  const { wasmBytes: bytesBefore, ...before } = await take(page);
  await work();
  const { wasmBytes, ...after } = await take(page);
  assert.deepEqual(after, before);
  assert.ok(wasmBytes - bytesBefore <= WASM_PAGE_BYTES, `${wasmBytes - bytesBefore} bytes more`);
}

/** The browser releases event handlers, and wasm the objects they own, on garbage collection. */
async function inBatches(page, batches, batch) {
  const cdp = await page.context().newCDPSession(page);
  for (let index = 0; index < batches; index += 1) {
    await batch();
    await cdp.send('HeapProfiler.collectGarbage');
  }
  await cdp.detach();
}

test('removed lives and lobbies leak no listeners and no memory', async () => {
  const host = await startLive('leak-elements');
  const page = await openElementsPage('leak-remover');
  // The page stays in the live, because the server limits the rate of joins.
  await page.evaluate(() => globalThis.duelcast.LiveStore.create('leak-elements').join());
  const batch = () =>
    page.evaluate(async () => {
      const here = document.getElementById('here');
      const turn = () => new Promise((resolve) => setTimeout(resolve));
      for (let index = 0; index < 20; index += 1) {
        here.innerHTML =
          '<duelcast-live live-id="leak-elements"></duelcast-live><duelcast-lobby></duelcast-lobby>';
        while (!here.firstElementChild.shadowRoot?.querySelector('.host-pill')) await turn();
        here.replaceChildren();
        await turn();
      }
    });
  await compare(page, () => inBatches(page, 5, batch));
  host.close();
});

test('thousands of elements removed at once leak less than seventy bytes each', async () => {
  const page = await openElementsPage('leak-counter');
  const batch = () =>
    page.evaluate(async () => {
      const here = document.getElementById('here');
      const turn = () => new Promise((resolve) => setTimeout(resolve));
      for (let index = 0; index < 250; index += 1) {
        here.innerHTML = '<duelcast-seats></duelcast-seats><duelcast-pk-bar></duelcast-pk-bar>';
        await turn();
        here.replaceChildren();
        await turn();
      }
    });
  await compare(page, () => inBatches(page, 4, batch));
});

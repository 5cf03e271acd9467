// A panicked client emits an event; the page keeps working.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { openElementsPage, startLive } from './support/hosts.mjs';
import { shows } from './support/world.mjs';

const FRAME = /wasm-function\[(\d+)\]:0x[0-9a-f]+/;
const BROKEN = { status: 'offline', detail: 'The client broke; load the page again.' };

/** A page that records the reported panics. */
async function openListeningPage(user) {
  const page = await openElementsPage(user);
  await page.evaluate(() => {
    globalThis.told = [];
    globalThis.duelcast.onPanic((message, error) => {
      const { message: text, name, stack } = error;
      globalThis.told.push({
        isError: error instanceof Error && text === message,
        message,
        name,
        stack,
      });
    });
  });
  return page;
}

/** Asserts the state of a page whose client panicked; returns the reports. */
async function assertBroken(page) {
  const { told, refusals, connection } = await page.evaluate(async () => {
    const { BattleStore, breakOnPurpose, getConnection } = globalThis.duelcast;
    const nameOf = ({ name }) => name;
    const refusals = [
      await BattleStore.create('nowhere').requestBattle(['x']).catch(nameOf),
      await Promise.resolve().then(breakOnPurpose).catch(nameOf),
    ];
    await new Promise(requestAnimationFrame);
    return { told: globalThis.told, refusals, connection: getConnection() };
  });
  assert.equal(told.length, 1);
  assert.ok(told[0].isError);
  assert.match(told[0].stack, FRAME);
  assert.deepEqual(refusals, ['broken', 'broken']);
  assert.deepEqual(connection, BROKEN);
  return told[0];
}

/** The innermost function of the stack, by name from the build's list of functions. */
function functionOf(stack) {
  const [, index] = FRAME.exec(stack);
  const symbols = readFileSync(join(process.env.DUELCAST_SYMBOLS, 'elements.symbols'), 'utf8');
  return symbols.split('\n').find((line) => line.startsWith(`${index}:`));
}

test('a panic is emitted as an event, and the page keeps working', async () => {
  const host = await startLive('panic-host');
  const page = await openListeningPage('panic-viewer');
  await page.evaluate(() => {
    document.getElementById('here').innerHTML =
      '<duelcast-seats live-id="panic-host"></duelcast-seats>';
  });
  await shows(page, 'duelcast-seats [data-testid="seat"][data-index="0"]', /panic-host/);
  const underWay = await page.evaluate(async () => {
    const { BattleStore, breakOnPurpose } = globalThis.duelcast;
    const store = BattleStore.create('panic-host');
    store.subscribe(() => {});
    const call = store.requestBattle(['x']).catch((error) => error.name);
    breakOnPurpose();
    store.dispose();
    document.querySelector('duelcast-seats').remove();
    return call;
  });
  assert.equal(underWay, 'broken');
  const { message, name } = await assertBroken(page);
  assert.deepEqual([name, message], ['RuntimeError', 'unreachable']);
  host.close();
});

test('a client that runs out of memory is reported as broken', async () => {
  const page = await openListeningPage('panic-memory');
  await page.evaluate(async () => {
    const { default: exportsOf } = await import('/node_modules/duelcast/dist/wasm/elements.js');
    const { memory } = await exportsOf();
    const PAGE_BYTES = 65_536;
    memory.grow(65_536 - memory.buffer.byteLength / PAGE_BYTES);
    await globalThis.duelcast.BattleStore.create('x'.repeat(100 * PAGE_BYTES))
      .requestBattle(['x'])
      .catch(() => {});
  });
  const { stack } = await assertBroken(page);
  assert.match(functionOf(stack), /malloc/);
});

test('a client with a stack overflow is reported as broken', async () => {
  const page = await openListeningPage('panic-stack');
  await page.evaluate(() => {
    const store = globalThis.duelcast.BattleStore.create('panic-stack');
    // At the end of the stack no call fits; slightly before, a call of JavaScript fits but the
    // nested call of wasm does not.
    const deeper = () => {
      try {
        deeper();
      } finally {
        if (globalThis.told.length === 0) store.requestBattle(['x']).catch(() => {});
      }
    };
    try {
      deeper();
    } catch {
      // The exception of the page itself.
    }
  });
  const { message } = await assertBroken(page);
  assert.match(message, /call stack/);
});

test('a value thrown by a function of the page is not a panic', async () => {
  const page = await openListeningPage('panic-none');
  const { told, asked, now } = await page.evaluate(async () => {
    const { login, logout, onConnectionChange, serverNow } = globalThis.duelcast;
    let asked = 0;
    const stop = onConnectionChange(() => {
      throw new WebAssembly.RuntimeError('of a listener');
    });
    logout();
    login(() => {
      asked += 1;
      throw new WebAssembly.RuntimeError('of a token');
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    stop();
    return { told: globalThis.told, asked, now: serverNow() };
  });
  assert.deepEqual(told, []);
  assert.ok(asked > 0);
  assert.ok(now > 0);
});

// The stylesheet of the elements: a separate file, without which nothing is rendered.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { openElementsPage, put, startLive } from './support/hosts.mjs';
import { shows, world } from './support/world.mjs';

const STYLESHEET = '**/elements.css.txt';
const SEAT = 'duelcast-seats [data-testid="seat"][data-index="0"]';

/** A page with elements whose client has not been started. */
async function openIdlePage(user) {
  const { files, open } = await world();
  const page = await open('/pages/elements.html?idle', user, files);
  await page.waitForFunction(() => globalThis.init);
  return page;
}

/** The start time of each request for a file with this name. */
function fetched(page, ending) {
  return page.evaluate((ending) => {
    const entries = performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.endsWith(ending));
    return entries.map(({ startTime }) => startTime);
  }, ending);
}

test('the stylesheet is fetched once, no later than the wasm, and shared by all elements', async () => {
  const page = await openElementsPage('css-once');
  await put(page, '<duelcast-lobby></duelcast-lobby><duelcast-seats></duelcast-seats>');
  await page.waitForFunction(() => document.querySelector('duelcast-seats').shadowRoot);
  const [[styles, ...others], [wasm]] = await Promise.all(
    ['.css.txt', '.wasm'].map((ending) => fetched(page, ending)),
  );
  assert.deepEqual(others, []);
  assert.ok(styles <= wasm, `${styles} ms, ${wasm} ms`);
  const isShared = await page.evaluate(() => {
    const [lobby, seats] = ['lobby', 'seats'].map(
      (name) => document.querySelector(`duelcast-${name}`).shadowRoot,
    );
    return lobby.adoptedStyleSheets[0] === seats.adoptedStyleSheets[0];
  });
  assert.ok(isShared);
});

test('a page without elements fetches no stylesheet', async () => {
  const page = await openElementsPage('css-none', 'late');
  assert.deepEqual(await fetched(page, '.css.txt'), []);
});

test('nothing is rendered before the stylesheet is loaded', async () => {
  const host = await startLive('css-host');
  const page = await openIdlePage('css-patient');
  let letThrough;
  const isWanted = new Promise((resolve) => {
    letThrough = resolve;
  });
  await page.route(STYLESHEET, async (route) => {
    await isWanted;
    await route.continue();
  });
  await put(page, '<duelcast-seats live-id="css-host"></duelcast-seats>');
  const wasm = page.waitForResponse('**/*.wasm');
  await page.evaluate(() => void globalThis.init());
  await (await wasm).finished();
  await page.waitForTimeout(200);
  assert.equal(
    await page.evaluate(() => document.querySelector('duelcast-seats').shadowRoot),
    null,
  );
  letThrough();
  await shows(page, SEAT, /css-host/);
  assert.deepEqual(page.problems, []);
  host.close();
});

const FAILURES = {
  'that cannot be fetched': (route) => route.abort(),
  'that is missing': (route) => route.fulfill({ status: 404, body: ':host{}' }),
  'that is an HTML page': (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
};

for (const [index, [what, fail]] of Object.entries(FAILURES).entries()) {
  test(`init fails for a stylesheet ${what}, and the next call retries`, async () => {
    const host = await startLive(`css-failing-${index}`);
    const page = await openIdlePage(`css-unlucky-${index}`);
    await put(page, `<duelcast-seats live-id="css-failing-${index}"></duelcast-seats>`);
    await page.route(STYLESHEET, fail);
    const failure = await page.evaluate(() =>
      globalThis
        .init()
        .catch((error) => [error instanceof globalThis.duelcast.DuelcastError, error.name]),
    );
    assert.deepEqual(failure, [true, 'internal']);
    assert.equal(
      await page.evaluate(() => document.querySelector('duelcast-seats').shadowRoot),
      null,
    );
    await page.unroute(STYLESHEET);
    await page.evaluate(() => globalThis.init());
    await shows(page, SEAT, /css-failing/);
    host.close();
  });
}

test('late elements without a stylesheet leave the client unchanged', async () => {
  const page = await openElementsPage('css-late', 'late');
  await page.route(STYLESHEET, (route) => route.abort());
  const reported = page.waitForEvent('pageerror');
  await page.evaluate(() => globalThis.importElements());
  await reported;
  const now = await page.evaluate(() => [
    globalThis.duelcast.getConnection().status,
    globalThis.duelcast.serverNow() > 0,
  ]);
  assert.deepEqual(now, ['online', true]);
  assert.equal(page.sockets.length, 1);
});

// The offline page, and that its service worker never delays a new version.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assertAccessible, useCast } from './harness.mjs';

const BACK_MS = 20_000;

const { server, browser } = useCast();

/** Opens the lobby and waits until its service worker controls it. */
async function openLobby(userId, options = {}) {
  const page = await browser.open(server, '/', userId, options);
  await page.getByTestId('start-live').waitFor();
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) {
      await new Promise((resolve) =>
        navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
      );
    }
  });
  return page;
}

test('a page that is opened while the server is down reports it, and recovers by itself', async () => {
  const page = await openLobby('offline-a');
  assert.deepEqual(page.problems, []);
  await server.stop();
  await page.reload();
  await page.getByTestId('offline').waitFor();
  assert.equal(new URL(page.url()).pathname, '/', 'the address stays');
  assert.equal(
    await page.getByTestId('offline').evaluate((main) => getComputedStyle(main).display),
    'grid',
    'it has its style',
  );
  await assertAccessible(page, 'offline');
  await server.start();
  await page.getByTestId('start-live').waitFor({ timeout: BACK_MS });
});

test('the offline page uses the language and the direction of the user', async () => {
  const page = await openLobby('offline-b', { locale: 'ar-EG' });
  await server.stop();
  await page.reload();
  await page.locator('html[dir="rtl"][lang="ar"]').waitFor();
  assert.match(await page.getByRole('heading').textContent(), /اتصال/);
  await page.goto(`${server.url}/?lang=ja`);
  await page.locator('html[dir="ltr"][lang="ja"]').waitFor();
  await server.start();
});

test('the overlay shows nothing instead of an error', async () => {
  const page = await openLobby('offline-d');
  await server.stop();
  await page.goto(`${server.url}/overlay/some-live`);
  await page.getByTestId('offline').waitFor({ state: 'attached' });
  assert.equal(await page.getByTestId('offline').isVisible(), false);
  await server.start();
  await page.getByTestId('overlay').waitFor({ timeout: BACK_MS });
});

test('only the offline page is cached: no file of the app, no response of the server', async () => {
  const page = await openLobby('offline-e');
  await page.evaluate(() => fetch('/v1/lives').catch(() => {}));
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname);
  });
  assert.deepEqual(kept.sort(), ['/icon-192.png', '/offline.css', '/offline.html', '/offline.js']);
});

test('the files of the offline page are served so that a new version applies at once', async () => {
  for (const [path, type] of [
    ['/sw.js', 'text/javascript; charset=utf-8'],
    ['/register.js', 'text/javascript; charset=utf-8'],
    ['/offline.html', 'text/html; charset=utf-8'],
    ['/offline.js', 'text/javascript; charset=utf-8'],
    ['/offline.css', 'text/css; charset=utf-8'],
    ['/manifest.json', 'application/json'],
  ]) {
    const { headers, status } = await fetch(`${server.url}${path}`);
    assert.deepEqual(
      [status, headers.get('content-type'), headers.get('cache-control')],
      [200, type, 'no-cache'],
      path,
    );
    const policy = headers.get('content-security-policy');
    if (path === '/sw.js') assert.equal(policy, "default-src 'none'; connect-src 'self'");
    if (path.endsWith('.html'))
      assert.ok(policy.includes("script-src 'self'") && !policy.includes('unsafe-inline'), policy);
  }
});

test('the icons of the manifest exist and have the given size', async () => {
  const page = await openLobby('offline-f');
  const manifest = await (await fetch(`${server.url}/manifest.json`)).json();
  for (const { src, sizes } of manifest.icons) {
    const size = await page.evaluate(async (src) => {
      const image = await createImageBitmap(await (await fetch(src)).blob());
      return `${image.width}x${image.height}`;
    }, src);
    assert.equal(size, sizes, src);
  }
});

// Behaviour of frameworks and development servers: mounting components twice, and evaluating
// modules again.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

import { createServer } from 'vite';

import { eventually } from '../../tests/e2e/harness.mjs';
import { CONSUMER } from './support/consumer.mjs';
import { methodsSent, startLive } from './support/hosts.mjs';
import { openSockets, shows, world } from './support/world.mjs';

/** Serves a folder of the project like `vite dev`, while `work` runs. */
async function develop(folder, work) {
  const { devPort, open } = await world();
  const root = join(CONSUMER, folder);
  // Builds set it to production, which disables hot reload.
  delete process.env.NODE_ENV;
  const settings = { port: devPort, host: '127.0.0.1', strictPort: true, fs: { strict: false } };
  const vite = await createServer({ root, logLevel: 'error', server: settings });
  await vite.listen();
  try {
    const host = { url: `http://127.0.0.1:${devPort}` };
    await work({
      visit: (user) => open('/', user, host),
      edit: (file, change) => edit(join(root, file), change),
    });
  } finally {
    await vite.close();
  }
}

async function edit(file, change) {
  await writeFile(file, change(await readFile(file, 'utf8')));
}

test('React can mount everything twice and replace components: one socket, one join, no leak', async () => {
  await develop('react', async ({ visit, edit }) => {
    const page = await visit('strict-ann');
    await shows(page, '#connection', /online/);
    const sent = methodsSent(page);
    await page.click('#start');
    await page.locator('#seats li').first().waitFor();
    assert.equal(await page.evaluate(() => globalThis[Symbol.for('duelcast@0.1')].rooms.size), 1);
    assert.equal(sent('joinLive').length, 1);
    assert.deepEqual(sent('leaveLive'), []);

    await edit('src/App.tsx', (text) => text.replace('Who is live?', 'Who else is live?'));
    await shows(page, '#refresh', /Who else/);
    await page.locator('#seats li').first().waitFor();
    assert.equal(page.sockets.length, 1);
    assert.equal(openSockets(page).length, 1);
    assert.deepEqual(sent('leaveLive'), []);
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });
});

test('a module that is hot-reloaded reuses the existing socket', async () => {
  const host = await startLive('hot-live');
  await develop('pages/hot', async ({ visit, edit }) => {
    const page = await visit('hot-reader');
    await shows(page, '#revision', /^0$/);
    const counts = () =>
      page.evaluate(() => {
        const { rooms, onConnection, onClient } = globalThis[Symbol.for('duelcast@0.1')];
        return [rooms.size, rooms.get('hot-live').changed.size, onConnection.size, onClient.size];
      });
    const before = await counts();
    for (let revision = 1; revision <= 3; revision += 1) {
      await edit('main.js', (text) => text.replace(/REVISION = \d/, `REVISION = ${revision}`));
      await shows(page, '#revision', new RegExp(`^${revision}$`));
    }
    await eventually(
      'the former listeners to be gone',
      async () => String(await counts()) === String(before),
    );
    assert.equal(page.sockets.length, 1);
    assert.equal(openSockets(page).length, 1);
    await page.context().close();
  });
  host.close();
});

// The plain example in a browser, against the real server.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { eventually, startBrowser, startServer } from '../../tests/e2e/harness.mjs';
import { serve } from './static.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FAST_BATTLE_MS = 40_000;
let files;
let server;
let browser;

before(async () => {
  files = await serve(ROOT);
  [server, browser] = await Promise.all([startServer({ flags: ['--allowed-origin', files.url] }), startBrowser()]);
});

after(async () => {
  await browser?.close();
  await server?.dispose();
  files?.close();
});

function open(name) {
  const query = new URLSearchParams({ server: server.url, token: server.token(name), name });
  return browser.open(files, `/examples/plain/index.html?${query}`);
}

async function host(name) {
  const page = await open(name);
  await shows(page, 'connection', /online/);
  await page.click('#start');
  await page.locator('#seats li').first().waitFor();
  return { page, liveId: await page.textContent('#live') };
}

function shows(page, id, pattern, timeoutMs) {
  return eventually(`#${id} to show ${pattern}`, async () => pattern.test(await page.textContent(`#${id}`)), timeoutMs);
}

test('two hosts connect, battle, see the score move and the winner, and part', async () => {
  const [ann, ben] = await Promise.all([host('ann'), host('ben')]);
  await ann.page.click('#refresh');
  await ann.page.locator('#lives li', { hasText: 'ben' }).getByRole('button').click();
  await ben.page.locator('#applicants').getByRole('button', { name: 'Accept' }).click();
  await Promise.all([ann, ben].map(({ page }) => shows(page, 'co-host', /^connected/)));
  await shows(ann.page, 'seats', new RegExp(`${ben.liveId} 0: ben`));

  await ann.page.click('#battle');
  await ben.page.locator('#requests').getByRole('button', { name: 'Accept' }).click();
  await Promise.all([ann, ben].map(({ page }) => shows(page, 'phase', /running/)));
  const { battle } = await server.rest('GET', `/v1/lives/${ann.liveId}/battle`);
  await server.addScores(battle.battleId, { [ann.liveId]: 7, [ben.liveId]: 3 });
  await Promise.all([ann, ben].map(({ page }) => shows(page, 'scores', /ann: 7/)));
  await Promise.all([ann, ben].map(({ page }) => shows(page, 'result', /ann wins with 7/, FAST_BATTLE_MS)));
  await shows(ben.page, 'phase', /penalty/);

  await ben.page.click('#exit-connection');
  await Promise.all([ann, ben].map(({ page }) => shows(page, 'co-host', /disconnected/)));
  for (const { page } of [ann, ben]) {
    assert.equal(await page.textContent('#error'), '');
    assert.deepEqual(page.problems, []);
  }
});

test('a refusal is a DuelcastError with code, name and whether to try again', async () => {
  const { page } = await host('cleo');
  await page.click('#exit-connection');
  await shows(page, 'error', /connectionNotExist/);
});

test('a thousand stores that were disposed of leave nothing behind', async () => {
  const { page, liveId } = await host('dora');
  const seen = await page.evaluate(async (live) => {
    const duelcast = await import('/dist/index.js');
    const { Room } = await import('/dist/room.js');
    const kept = Room.hold(live);
    const before = [kept.changed.size, kept.happened.size];
    for (let index = 0; index < 1_000; index += 1) {
      const store = duelcast.BattleStore.create(index % 2 ? live : `none-${index}`);
      store.subscribe(() => {});
      store.on('onBattleEnded', () => {});
      store.dispose();
      store.dispose();
    }
    const after = [kept.changed.size, kept.happened.size];
    kept.letGo();
    return { before, after };
  }, liveId);
  assert.deepEqual(seen.after, seen.before);
});

// The examples in a browser, against the real server: from the installed package, with each way to
// load it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { buildPlainWithVite, buildPlainWithWebpack, buildWithVite } from './support/bundles.mjs';
import { openSockets, shows, world } from './support/world.mjs';

const FAST_BATTLE_MS = 40_000;

const WAYS = {
  'the plain page from a static file server': () => '/plain/index.html',
  'the plain page built by Vite': buildPlainWithVite,
  'the plain page built by webpack': buildPlainWithWebpack,
  'the React page': () => buildWithVite('react'),
  'the Vue page': () => buildWithVite('vue'),
};

describe(
  'two hosts connect, battle, see the score move and the winner, and part',
  { concurrency: true },
  () => {
    for (const [name, build] of Object.entries(WAYS)) {
      test(name, async () => {
        await world();
        await wholeEvening(await build(), name.replace(/\W+/g, '-'));
      });
    }
  },
);

async function wholeEvening(path, suffix) {
  const { server } = await world();
  const hasElement = /React|Vue/.test(suffix);
  const [ann, ben] = await Promise.all(
    [`ann-${suffix}`, `ben-${suffix}`].map((name) => startHost(path, name)),
  );
  await ann.page.click('#refresh');
  await ann.page.locator('#lives li', { hasText: ben.name }).getByRole('button').click();
  await ben.page.locator('#applicants').getByRole('button', { name: 'Accept' }).click();
  await both(ann, ben, '#co-host', /^connected/);
  await shows(ann.page, '#seats', new RegExp(`${ben.liveId} 0: ${ben.name}`));

  await ann.page.click('#battle');
  await ben.page.locator('#requests').getByRole('button', { name: 'Accept' }).click();
  await both(ann, ben, '#phase', /running/);
  await both(ann, ben, '#result', /Fight!/);
  const { battle } = await server.rest('GET', `/v1/lives/${ann.liveId}/battle`);
  await server.addScores(battle.battleId, { [ann.liveId]: 7, [ben.liveId]: 3 });
  await both(ann, ben, '#scores', new RegExp(`${ann.name}: 7`));
  if (hasElement) {
    const score = `duelcast-pk-bar [part="score"][data-live-id="${ann.liveId}"][data-score="7"]`;
    await Promise.all([ann, ben].map(({ page }) => page.locator(score).waitFor()));
  }
  await both(ann, ben, '#result', new RegExp(`${ann.name} wins with 7`), FAST_BATTLE_MS);
  await shows(ben.page, '#phase', /penalty/);

  await ben.page.click('#exit-connection');
  await both(ann, ben, '#co-host', /disconnected/);
  for (const { page } of [ann, ben]) {
    assert.equal(await page.textContent('#error'), '');
    assert.equal(openSockets(page).length, 1);
    assert.deepEqual(page.problems, []);
    await page.context().close();
  }
}

async function startHost(path, name) {
  const { open } = await world();
  const page = await open(path, name);
  await shows(page, '#connection', /online/);
  await page.click('#start');
  await page.locator('#seats li').first().waitFor();
  return { page, name, liveId: await page.textContent('#live') };
}

function both(ann, ben, selector, pattern, timeoutMs) {
  return Promise.all([ann, ben].map(({ page }) => shows(page, selector, pattern, timeoutMs)));
}

test('a refusal is a DuelcastError with code, name and retryability', async () => {
  const { page } = await startHost('/plain/index.html', 'cleo');
  await page.click('#exit-connection');
  await shows(page, '#error', /connectionNotExist/);
  await page.context().close();
});

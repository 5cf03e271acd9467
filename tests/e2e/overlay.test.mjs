// The overlay for broadcasting software: its content, its perspective, and that it shows no errors.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { connect, startTown, useCast } from './harness.mjs';

const LOOKS_AGAIN_MS = 20_000;

let town;

const { server, browser } = useCast({ flags: ['--demo'] }, async () => {
  town = await startTown(server, { lives: 2, seats: 6, seated: 3 });
  await town.connect(1);
  const battleId = await town.fight({ seconds: 3_600 });
  await server.addScores(battleId, { 'town-0': 700, 'town-1': 300 });
});

after(() => town?.close());

async function open(liveId, query = '') {
  const page = await browser.open(server, `/overlay/${liveId}${query}`, 'caster');
  await page.getByTestId('overlay').waitFor();
  return page;
}

function score(page, liveId) {
  return page.locator(`[data-testid="pk-score"][data-live-id="${liveId}"]`);
}

async function scoresFromTheLeft(page) {
  await page.locator('[data-testid="pk-score"][data-score="700"]').waitFor();
  const [first, second] = await Promise.all(
    ['town-0', 'town-1'].map((liveId) => score(page, liveId).boundingBox()),
  );
  return first.x < second.x ? ['town-0', 'town-1'] : ['town-1', 'town-0'];
}

test('each room has an overlay: own side on the left, transparent background, no controls', async () => {
  const [ours, theirs] = [await open('town-0'), await open('town-1')];
  assert.deepEqual(await scoresFromTheLeft(ours), ['town-0', 'town-1']);
  assert.deepEqual(await scoresFromTheLeft(theirs), ['town-1', 'town-0']);
  await ours.locator('[data-testid="seat"][data-user-id="town-0-owner"]').waitFor();
  const grounds = await ours.evaluate(() =>
    ['html', 'body', '.overlay', '.stage'].map(
      (part) => getComputedStyle(document.querySelector(part)).backgroundColor,
    ),
  );
  assert.deepEqual(new Set(grounds), new Set(['rgba(0, 0, 0, 0)']));
  assert.ok(await ours.getByTestId('overlay').evaluate((overlay) => overlay.inert));
  assert.deepEqual([...ours.problems, ...theirs.problems], []);
});

test('a query parameter selects the parts', async () => {
  const bar = await open('town-0', '?parts=bar');
  await score(bar, 'town-0').waitFor();
  assert.equal(await bar.getByTestId('seat').first().isVisible(), false);
  assert.equal(await bar.getByTestId('pk-clock').isVisible(), false);
  const seats = await open('town-0', '?parts=seats,timer');
  await seats.getByTestId('seat').first().waitFor();
  await seats.getByTestId('pk-clock').waitFor();
  assert.equal(await score(seats, 'town-0').isVisible(), false);
  assert.equal(await seats.locator('.chat').count(), 0);
  const all = await open('town-0', '?parts=all');
  await all.locator('.chat').waitFor();
});

test('query parameters set scale, margin and theme', async () => {
  const usual = await open('town-0', '?parts=bar');
  const large = await open('town-0', '?parts=bar&scale=2&safe=10&theme=light');
  const place = async (page) => (
    await score(page, 'town-0').waitFor(),
    page.locator('.pk-bar').boundingBox()
  );
  const [small, big] = [await place(usual), await place(large)];
  const { width, height } = large.viewportSize();
  assert.ok(Math.abs(big.height - 2 * small.height) < 1, `${small.height} and ${big.height}`);
  assert.ok(
    big.x >= width / 10 && big.y >= height / 10 && big.x + big.width <= width * 0.9 + 1,
    JSON.stringify(big),
  );
  const letters = (page) =>
    page.locator('.overlay').evaluate((overlay) => getComputedStyle(overlay).color);
  assert.notEqual(await letters(usual), await letters(large));
});

test('an overlay waits for its live without a message, and for the next one', async () => {
  const page = await open('later');
  const streamer = await connect(server, 'later-owner', 'Later');
  await streamer.call('createLive', { liveId: 'later', liveName: 'At last' });
  const seat = page.locator('[data-testid="seat"][data-user-id="later-owner"]');
  await seat.waitFor({ timeout: LOOKS_AGAIN_MS });
  await streamer.call('endLive', { liveId: 'later' });
  await seat.waitFor({ state: 'detached' });
  await streamer.call('createLive', { liveId: 'later', liveName: 'Once more' });
  await seat.waitFor({ timeout: LOOKS_AGAIN_MS });
  assert.equal(await page.getByTestId('toast').filter({ visible: true }).count(), 0);
  streamer.close();
});

test('an overlay without a token signs in as a guest, if the server allows guests', async () => {
  const page = await browser.open(server, '/overlay/town-0');
  await score(page, 'town-0').waitFor();
});

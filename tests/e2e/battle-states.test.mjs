// The states of a battle, from the intro to the next battle, as viewers see them.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';

import { everyone, startTown, useCast } from './harness.mjs';

const SIX_VERSUS_SIX = 1;
const TIME_UP_MS = 25_000;
/** Tolerance for the position of a segment. */
const ROUNDED = 0.001;

const cast = useCast();
let town;
let rooms = [];

afterEach(async () => {
  assert.deepEqual(
    rooms.flatMap(({ page }) => page.problems),
    [],
  );
  await Promise.all(rooms.map(({ page }) => page.context().close()));
  rooms = [];
  await town.end();
});

async function watch(liveId, userId, options) {
  const room = await cast.visit(userId, liveId, options);
  rooms.push(room);
  return room;
}

/** Connects lives, and opens a viewer page for each of the first ones. */
async function connected(lives, watched = 1) {
  town = await startTown(cast.server, { lives, seats: 6, seated: 2 });
  await town.connect(lives === 2 ? SIX_VERSUS_SIX : undefined);
  return Promise.all(
    town.liveIds.slice(0, watched).map((liveId, i) => watch(liveId, `watcher-${i}`)),
  );
}

function score(battleId, ...values) {
  return cast.server.addScores(
    battleId,
    Object.fromEntries(values.map((value, i) => [town.liveIds[i], value])),
  );
}

test('a battle starts with an intro, own side first; late viewers do not see the intro', async () => {
  const [vera, will] = await connected(2, 2);
  await town.fight();
  for (const [room, names] of [
    [vera, ['Mira', 'Tomás']],
    [will, ['Tomás', 'Mira']],
  ]) {
    const corners = room.page.locator('.pk-intro .corner');
    await corners.first().waitFor();
    assert.deepEqual(
      (await corners.locator('.ellipsis').allTextContents()).map((name) => name.trim()),
      names,
    );
  }
  await vera.page.locator('.pk-intro').waitFor({ state: 'detached' });
  const late = await watch(town.liveIds[0], 'late');
  await late.seesPhase('running');
  assert.equal(await late.page.locator('.pk-intro').count(), 0);
  await late.isAccessible('a battle after its opening');
});

test('the bar flashes only when the lead changes, and abbreviates large scores exactly', async () => {
  const [vera] = await connected(2);
  const battleId = await town.fight();
  const [own, other] = town.liveIds;
  const flash = () =>
    vera.page
      .locator('.pk-bar')
      .evaluate((bar) => [...bar.classList].filter((name) => name.startsWith('flash')));
  await vera.seesScore(own, 0);
  await score(battleId, 10, 0);
  await vera.seesScore(own, 10);
  await score(battleId, 5, 10);
  await vera.seesScore(own, 15);
  assert.deepEqual(await flash(), [], 'the lead was never taken over');
  await score(battleId, 0, 10);
  await vera.page.locator('.pk-bar.flash-odd').waitFor();
  await score(battleId, 10, 0);
  await vera.page.locator('.pk-bar.flash-even').waitFor();

  await score(battleId, 99_974, 1_234_547);
  await vera.seesScore(other, 1_234_567);
  const text = (liveId) =>
    vera
      .get('pk-score', `[data-live-id="${liveId}"]`)
      .locator('.rolling')
      .getAttribute('aria-label');
  assert.deepEqual([await text(own), await text(other)], ['99999', '1.23M']);
  assert.equal(await vera.attribute('pk-score', 'title', `[data-live-id="${other}"]`), '1,234,567');
  await score(battleId, 1, 0);
  await vera.seesScore(own, 100_000);
  assert.equal(await text(own), '100K');
  const digits = vera.get('pk-score', `[data-live-id="${own}"]`).locator('.digit');
  assert.deepEqual(
    await digits.evaluateAll((all) => all.map((digit) => digit.style.getPropertyValue('--digit'))),
    ['1', '0', '0'],
  );
});

test('nine rooms share a bar of nine segments and show their ranks', async () => {
  const [vera] = await connected(9);
  const battleId = await town.fight();
  const values = [48_210, 36_940, 21_500, 12_800, 9_999, 7_420, 5_100, 980, 980];
  await score(battleId, ...values);
  await vera.seesScore(town.liveIds[0], values[0]);
  assert.equal(await vera.page.locator('.pk-stack .band').count(), 9);
  const starts = await vera.page
    .locator('.pk-stack .band')
    .evaluateAll((bands) => bands.map((band) => Number(band.style.getPropertyValue('--start'))));
  const widths = starts.map((start, i) => (starts[i + 1] ?? 1) - start);
  const isNarrower = (width, i) => i > 0 && width > widths[i - 1] + ROUNDED;
  assert.equal(widths.findIndex(isNarrower), -1, `a higher score has no narrower band: ${widths}`);
  assert.ok(Math.min(...widths) > 0, 'everyone has a band');
  const ranks = await vera
    .get('rank')
    .locator('.rolling')
    .evaluateAll((all) => all.map((rank) => rank.getAttribute('aria-label')));
  assert.deepEqual(ranks.toSorted(), ['1', '2', '3', '4', '5', '6', '7', '8', '8']);
  await vera.isAccessible('nine rooms');
});

test('the clock is urgent in the last ten seconds, then the battle settles, then it shows the result', async () => {
  const [vera, will] = await connected(2, 2);
  const battleId = await town.fight({ seconds: 12, settleSeconds: 4 });
  await score(battleId, 30, 40);
  await vera.page.locator('.pk-clock:not(.urgent)').waitFor();
  await vera.page.locator('.pk-clock.urgent').waitFor();
  assert.ok((await vera.clock()) <= 10);
  await vera.seesPhase('settling', TIME_UP_MS);
  assert.equal(await vera.clock(), 0);
  await vera.page.getByText('Counting the last gifts').waitFor();
  assert.equal(await vera.get('pk-result').count(), 0, 'nothing is decided yet');
  const { endsAt } = await cast.server.rest('GET', `/v1/battles/${battleId}`);
  const scores = { [town.liveIds[0]]: 20 };
  await cast.server.addScores(battleId, scores, { occurredAt: endsAt - 1 });
  await vera.seesScore(town.liveIds[0], 50);
  await vera.seesOutcome('won', TIME_UP_MS);
  await will.seesOutcome('lost');
  assert.deepEqual(await vera.page.locator('.finals strong').allTextContents(), ['50', '40']);
  assert.deepEqual(await will.page.locator('.finals strong').allTextContents(), ['40', '50']);
  await vera.isAccessible('a victory');
});

test('the result of three rooms is a podium, and a side that left is only in the list', async () => {
  const [vera] = await connected(3);
  const battleId = await town.fight();
  await score(battleId, 10, 20, 30);
  const [, , third] = town.houses;
  await third.owner.call('exitBattle', { liveId: third.liveId, battleId });
  await vera.sees('toast', ':has-text("Aiko gave up.")');
  await cast.server.rest('POST', `/v1/battles/${battleId}/end`);
  await vera.seesOutcome('lost');
  const steps = await vera.page
    .locator('.podium .step')
    .evaluateAll((all) => all.map((step) => step.querySelector('small').textContent));
  assert.deepEqual(steps, ['10', '20']);
  const lines = await vera.page
    .locator('.ranking li')
    .evaluateAll((all) => all.map((line) => line.textContent.replaceAll(/\s+/g, ' ')));
  assert.equal(lines.length, 3);
  assert.match(lines[2], /Aiko \(left\)/);
  await vera.isAccessible('a podium');
});

test('the top contributors are shown at the clock during a battle, and with points in the result', async () => {
  const [vera] = await connected(2);
  const battleId = await town.fight();
  const [own, other] = town.liveIds;
  const give = (liveId, value, giverUserId, giverName) =>
    cast.server.addScores(battleId, { [liveId]: value }, { source: { giverUserId, giverName } });
  await give(own, 100, 'u-iris', 'Iris');
  await give(own, 300, 'u-hugo', 'Hugo');
  await give(other, 50, 'u-gita', 'Gita');
  await vera.sees(
    'supporters',
    `[data-live-id="${own}"][aria-label="Top supporters of Mira: Hugo and Iris"]`,
  );
  await vera.sees(
    'supporters',
    `[data-live-id="${other}"][aria-label="Top supporters of Tomás: Gita"]`,
  );
  await vera.isAccessible('supporters');
  await cast.server.rest('POST', `/v1/battles/${battleId}/end`);
  await vera.sees('result-supporters');
  const lines = await vera.get('result-supporters').locator('li').allTextContents();
  assert.deepEqual(
    lines.map((line) => line.trim().replace(/^\W+/, '')),
    ['Hugo300', 'Iris100', 'Gita50'],
  );
});

test('the penalty names the losers and counts down until the winner ends it', async () => {
  const [vera, will] = await connected(2, 2);
  const winner = await watch(town.liveIds[0], 'town-0-owner');
  const battleId = await town.fight({ penaltySeconds: 60 });
  await score(battleId, 5, 1);
  await cast.server.rest('POST', `/v1/battles/${battleId}/end`);
  await everyone([vera, will, winner], (room) => room.seesPhase('penalty'));
  assert.match(await vera.text('pk-penalty'), /Tomás serves the penalty\./);
  assert.match(await will.text('pk-penalty'), /Your room lost and serves the penalty\./);
  const left = await will.clock();
  assert.ok(left > 30 && left <= 60, `it counts down: ${left}`);
  assert.equal(await vera.get('pk-let-off').count(), 0, 'a viewer lets nobody off');
  await winner.isAccessible('a penalty, for the winner');
  await winner.press('pk-let-off');
  await everyone([vera, will], (room) => room.seesPhase('ended'));
  await will.sees('toast', ':has-text("The winner let the losers off.")');
});

test('the intro of the next battle replaces a visible result', async () => {
  const [vera] = await connected(2);
  const first = await town.fight();
  await score(first, 9, 8);
  await cast.server.rest('POST', `/v1/battles/${first}/end`);
  await vera.seesOutcome('won');
  const second = await town.fight();
  await vera.page.locator('.pk-intro').waitFor();
  assert.equal(await vera.get('pk-result').count(), 0);
  await vera.sees('pk-layer', `[data-battle-id="${second}"][data-phase="running"]`);
  await vera.seesScore(town.liveIds[0], 0);
  await vera.page.locator('.pk-intro').waitFor({ state: 'detached' });
  assert.equal(await vera.get('pk-result').count(), 0, 'the old result does not come back');
});

// A new score moves the bar and rolls digits. It lays nothing out and touches nothing else, however many seats there are.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { startTown, useCast } from './harness.mjs';

/** Where a score is drawn. */
const SCORES = '.pk-bar, .pk-stack, .rank, .card-score';
/** Moves by itself, once a second. */
const CLOCK = '.pk-clock';
const ROUNDS = 5;

const { server, browser } = useCast();

/** A viewer's page of a battle in which every room has a score of three digits. */
async function watchBattle(lives) {
  const town = await startTown(server, { lives, seats: 12, seated: 4 });
  await town.connect(lives === 2 ? 1 : 600);
  const battleId = await town.fight();
  await server.addScores(battleId, Object.fromEntries(town.liveIds.map((liveId, i) => [liveId, 200 - i])));
  const page = await browser.open(server, `/live/${town.liveIds[0]}`, `motion-viewer-${lives}`);
  await page.locator(`[data-testid="pk-score"][data-score="${201 - lives}"]`).waitFor();
  await page.locator('.pk-intro').waitFor({ state: 'detached' });
  // No layout of the clock's own is to be counted.
  await page.locator(CLOCK).evaluate((clock) => (clock.style.display = 'none'));
  return { town, page, battleId };
}

/** Runs in the page: gathers what changes in the document. */
function observe({ scores, clock }) {
  const describe = ({ type, target, attributeName }) => {
    const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
    if (element.closest(clock)) return [];
    return [{ type, attributeName, isScore: Boolean(element.closest(scores)), of: element.outerHTML.slice(0, 120) }];
  };
  globalThis.changes = [];
  new MutationObserver((records) => globalThis.changes.push(...records.flatMap(describe))).observe(document.body, {
    subtree: true,
    childList: true,
    attributes: true,
    characterData: true,
  });
}

async function layoutCount(devtools) {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'LayoutCount').value;
}

for (const lives of [2, 9]) {
  test(`with ${lives} rooms a score update causes no layout and changes nothing but the scores`, async () => {
    const { town, page, battleId } = await watchBattle(lives);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable');
    await page.evaluate(observe, { scores: SCORES, clock: CLOCK });
    const before = await layoutCount(devtools);

    const first = town.liveIds[0];
    for (let round = 1; round <= ROUNDS; round += 1) {
      await server.addScores(battleId, { [first]: 111, [town.liveIds[1]]: 7 });
      await page.locator(`[data-testid="pk-score"][data-live-id="${first}"][data-score="${200 + 111 * round}"]`).waitFor();
    }
    const changes = await page.evaluate(() => globalThis.changes);
    assert.ok(changes.length > 0, 'the scores were drawn');
    assert.deepEqual(changes.filter(({ isScore }) => !isScore), []);
    assert.deepEqual(changes.filter(({ type }) => type !== 'attributes'), [], 'no element comes or goes, no text changes');
    assert.equal((await layoutCount(devtools)) - before, 0, 'nothing was laid out');
    assert.deepEqual(page.problems, []);
    await page.context().close();
    await town.end();
  });
}

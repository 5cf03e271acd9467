// A score update animates the bar and the digits. It causes no layout and no other change of the
// document, whatever the number of seats.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { startTown, useCast } from './harness.mjs';

/** Selectors of the elements that show a score. */
const SCORES = '.pk-bar, .pk-stack, .rank, .card-score';
/** Selector of the clock, which changes once per second. */
const CLOCK = '.pk-clock';
const ROUNDS = 5;

const { server, browser } = useCast();

/** Opens a viewer page of a battle in which every live has a score of three digits. */
async function watchBattle(lives) {
  const town = await startTown(server, { lives, seats: 12, seated: 4 });
  await town.connect(lives === 2 ? 1 : 600);
  const battleId = await town.fight();
  await server.addScores(
    battleId,
    Object.fromEntries(town.liveIds.map((liveId, i) => [liveId, 200 - i])),
  );
  const page = await browser.open(server, `/live/${town.liveIds[0]}`, `motion-viewer-${lives}`);
  await page.locator(`[data-testid="pk-score"][data-score="${201 - lives}"]`).waitFor();
  await page.locator('.pk-intro').waitFor({ state: 'detached' });
  // The layouts caused by the clock must not be counted.
  await page.locator(CLOCK).evaluate((clock) => (clock.style.display = 'none'));
  return { town, page, battleId };
}

/** Runs in the page: records the mutations of the document. */
function observe({ scores, clock }) {
  const describe = ({ type, target, attributeName }) => {
    const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
    if (element.closest(clock)) return [];
    return [
      {
        type,
        attributeName,
        isScore: Boolean(element.closest(scores)),
        of: element.outerHTML.slice(0, 120),
      },
    ];
  };
  globalThis.changes = [];
  new MutationObserver((records) => globalThis.changes.push(...records.flatMap(describe))).observe(
    document.body,
    {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    },
  );
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
      await page
        .locator(
          `[data-testid="pk-score"][data-live-id="${first}"][data-score="${200 + 111 * round}"]`,
        )
        .waitFor();
    }
    const changes = await page.evaluate(() => globalThis.changes);
    assert.ok(changes.length > 0, 'the scores were drawn');
    assert.deepEqual(
      changes.filter(({ isScore }) => !isScore),
      [],
    );
    assert.deepEqual(
      changes.filter(({ type }) => type !== 'attributes'),
      [],
      'no element comes or goes, no text changes',
    );
    assert.equal((await layoutCount(devtools)) - before, 0, 'nothing was laid out');
    assert.deepEqual(page.problems, []);
    await page.context().close();
    await town.end();
  });
}

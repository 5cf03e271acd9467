// What axe says about a page.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Runs in the page: until what moves once has arrived, for colours that are on their way cannot be judged. */
function stillness() {
  const passing = document.getAnimations().filter(({ effect }) => effect.getComputedTiming().iterations !== Infinity);
  return Promise.all(passing.map(({ finished }) => finished.catch(() => {})));
}

/** What axe finds, a line for each rule. */
export async function violations(page) {
  await page.evaluate(stillness);
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

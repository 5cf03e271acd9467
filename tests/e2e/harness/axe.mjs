// axe-core for end-to-end tests: checks the states that a test passes through.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const LOOKS = [
  { name: 'light', media: { colorScheme: 'light', contrast: 'no-preference' }, rules: undefined },
  {
    name: 'dark',
    media: { colorScheme: 'dark', contrast: 'no-preference' },
    rules: ['color-contrast'],
  },
  {
    name: 'light, more contrast',
    media: { colorScheme: 'light', contrast: 'more' },
    rules: ['color-contrast'],
  },
  {
    name: 'dark, more contrast',
    media: { colorScheme: 'dark', contrast: 'more' },
    rules: ['color-contrast'],
  },
];
const AS_BEFORE = { colorScheme: null, contrast: null };

/**
 * Asserts that axe finds nothing on the current page: all rules once, and colour contrast in every
 * theme.
 */
export async function assertAccessible(page, screen = page.url()) {
  assert.deepEqual(await violations(page, screen), []);
}

/** The findings of axe, one line per rule and theme. */
export async function violations(page, screen = page.url()) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  const found = [];
  for (const { name, media, rules } of LOOKS) {
    await page.emulateMedia(media);
    await page.evaluate(stillness);
    for (const violation of await page.evaluate(run, rules))
      found.push(`${screen} (${name}): ${violation}`);
  }
  await page.emulateMedia(AS_BEFORE);
  return found;
}

/**
 * Runs in the page: waits until finite animations end, because colours in transition cannot be
 * checked.
 */
function stillness() {
  const inside = [...document.querySelectorAll(':defined')].flatMap(
    ({ shadowRoot }) => shadowRoot?.getAnimations() ?? [],
  );
  const all = [...document.getAnimations(), ...inside];
  const passing = all.filter(({ effect }) => effect.getComputedTiming().iterations !== Infinity);
  return Promise.all(passing.map(({ finished }) => finished.catch(() => {})));
}

/** Runs in the page. */
async function run(rules) {
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) };
  const { violations } = await globalThis.axe.run(document, options);
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  );
}

// Compares the main screens with reference screenshots. After an intended change: SHOTS=update,
// then review tests/e2e/shots.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  OF_THE_MOMENT,
  assertLooksAsBefore,
  difference,
  eachScene,
  look,
  useCast,
} from './harness.mjs';

const PHONE = { width: 390, height: 844 };
/**
 * Screenshots in light and dark; the page of a live is dark in both, so its two screenshots are
 * equal.
 */
const MAIN = [
  'lobby',
  'room',
  'cohost-panel',
  'battle-duel',
  'battle-3-rooms',
  'result-won',
  'overlay',
];
const SCHEMES = ['light', 'dark'];

const { server, browser } = useCast();

const open = (path, userId) =>
  browser.open(server, path, userId, { viewport: PHONE, reducedMotion: 'reduce', locale: 'en-GB' });

test('the main screens match their references, in light and dark', async () => {
  const changed = [];
  const seen = new Set();
  await eachScene(server, open, async (page, name) => {
    if (!MAIN.includes(name)) return;
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      const shot = `${name}-${colorScheme}`;
      seen.add(shot);
      await assertLooksAsBefore(page, shot, { mask: OF_THE_MOMENT }).catch((error) =>
        changed.push(error.message),
      );
    }
  });
  assert.equal(seen.size, MAIN.length * SCHEMES.length, 'every screen was come to');
  assert.deepEqual(changed, []);
});

test('a missing, moved or recoloured part is detected', async () => {
  const page = await open('/', 'tester');
  await page.getByTestId('start-live').waitFor();
  const before = await look(page);
  const after = async (change) => {
    const reset = await page.locator('.start-fab').evaluate(change);
    const part = difference(before, await look(page));
    await page.locator('.start-fab').evaluate((fab) => fab.removeAttribute('style'));
    assert.equal(reset, undefined);
    return part;
  };
  assert.equal(difference(before, await look(page)), 0);
  const moved = await after((fab) => void (fab.style.translate = '0 -80px'));
  const missing = await after((fab) => void (fab.style.visibility = 'hidden'));
  const recoloured = await after((fab) => void (fab.style.filter = 'hue-rotate(140deg)'));
  for (const part of [moved, missing, recoloured])
    assert.ok(part > 0.003, `${moved} ${missing} ${recoloured}`);
});

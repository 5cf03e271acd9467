// How much a page must load: wasm and JavaScript, and the elements' stylesheet by itself; brotli. Here and nowhere else.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PACKAGE = join(ROOT, 'npm/dist');
/** Counted by itself: it is neither wasm nor JavaScript. */
const STYLESHEET = join(PACKAGE, 'elements/elements.css.txt');
const ELEMENTS_ONLY = /^(elements\/|wasm\/elements)/;
const FRAMEWORKS = /^(react|vue)\.js$/;

/** `ceiling` is what it weighs today and must not exceed, `goal` what it shall weigh; bytes. */
const BUDGETS = {
  'the headless package': { ceiling: 60_400, goal: 65_000, files: () => files(PACKAGE, isHeadless) },
  'the package with elements': { ceiling: 183_500, goal: 170_000, files: () => files(PACKAGE, isWithElements) },
  "the elements' stylesheet": { ceiling: 9_600, goal: 9_600, files: () => [STYLESHEET] },
  'the app': { ceiling: 199_000, goal: 180_000, files: () => files(join(ROOT, 'dist'), () => true) },
};

const isHeadless = (name) => !ELEMENTS_ONLY.test(name) && !FRAMEWORKS.test(name);
const isWithElements = (name) => !name.startsWith('wasm/duelcast') && !FRAMEWORKS.test(name);

for (const [what, { ceiling, goal, files }] of Object.entries(BUDGETS)) {
  test(`${what} stays within ${ceiling / 1_000} kB (goal: ${goal / 1_000} kB)`, (context) => {
    const bytes = files().reduce((sum, file) => sum + brotliCompressSync(readFileSync(file)).length, 0);
    context.diagnostic(`${(bytes / 1_000).toFixed(1)} kB`);
    assert.ok(bytes > 0 && bytes <= ceiling, `${bytes} bytes`);
  });
}

function files(folder, isCounted) {
  const names = readdirSync(folder, { recursive: true }).map((name) => name.replaceAll('\\', '/'));
  return names.filter((name) => /\.(js|wasm)$/.test(name) && isCounted(name)).map((name) => join(folder, name));
}

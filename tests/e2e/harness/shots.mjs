// Compares a screen with a reference screenshot. The comparison is coarse: another font or browser
// version passes; a part that is missing, moved or of another colour fails.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { PNG } from 'pngjs';

const REFERENCES = fileURLToPath(new URL('../shots/', import.meta.url));
const FAILURES = fileURLToPath(new URL('../../../test-results/', import.meta.url));
/** Size of a cell in pixels; a cell is one pixel of the reference. */
const CELL_PX = 8;
/** Tolerance of a colour channel of a cell, of 255. */
const CHANNEL_TOLERANCE = 26;
/** Fraction of the cells that may exceed the tolerance. */
const CELLS_TOLERANCE = 0.015;
const MASK_COLOUR = '#7f7f7f';

/**
 * Describes the differences between a screen and `shots/{name}.png`; with SHOTS=update it replaces
 * the reference.
 */
export async function assertLooksAsBefore(page, name, { mask = [] } = {}) {
  const now = await look(page, mask);
  const file = join(REFERENCES, `${name}.png`);
  if (process.env.SHOTS === 'update') {
    mkdirSync(REFERENCES, { recursive: true });
    return writeFileSync(file, PNG.sync.write(now));
  }
  assert.ok(existsSync(file), `there is no ${file}; make it with SHOTS=update`);
  const part = difference(PNG.sync.read(readFileSync(file)), now);
  if (part <= CELLS_TOLERANCE) return;
  mkdirSync(FAILURES, { recursive: true });
  writeFileSync(join(FAILURES, `${name}.png`), PNG.sync.write(now));
  const percent = (part * 100).toFixed(1);
  assert.fail(
    `${name} looks different in ${percent} % of its area: compare test-results/${name}.png with the reference`,
  );
}

/** The current screen, each cell as its average colour. */
export async function look(page, mask = []) {
  const masked = mask.map((selector) => page.locator(selector));
  const options = {
    animations: 'disabled',
    caret: 'hide',
    scale: 'css',
    mask: masked,
    maskColor: MASK_COLOUR,
  };
  return shrink(PNG.sync.read(await page.screenshot(options)));
}

function shrink({ width, height, data }) {
  const small = new PNG({ width: Math.ceil(width / CELL_PX), height: Math.ceil(height / CELL_PX) });
  for (let y = 0; y < small.height; y += 1) {
    for (let x = 0; x < small.width; x += 1) {
      const cell = average(data, width, height, x * CELL_PX, y * CELL_PX);
      small.data.set(cell, (y * small.width + x) * 4);
    }
  }
  return small;
}

function average(data, width, height, left, top) {
  const sum = [0, 0, 0];
  const [right, bottom] = [Math.min(left + CELL_PX, width), Math.min(top + CELL_PX, height)];
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      for (let channel = 0; channel < 3; channel += 1)
        sum[channel] += data[(y * width + x) * 4 + channel];
    }
  }
  return [...sum.map((value) => Math.round(value / ((right - left) * (bottom - top)))), 255];
}

/** The fraction of cells in which two pictures differ, with a tolerance of one cell in position. */
export function difference(before, now) {
  if (before.width !== now.width || before.height !== now.height) return 1;
  const off = countWithoutMatch(before, now) + countWithoutMatch(now, before);
  return off / (2 * before.width * before.height);
}

function countWithoutMatch(one, other) {
  let count = 0;
  for (let y = 0; y < one.height; y += 1) {
    for (let x = 0; x < one.width; x += 1) {
      if (!neighbours(one, x, y).some(([nx, ny]) => isAlike(one, x, y, other, nx, ny))) count += 1;
    }
  }
  return count;
}

function neighbours({ width, height }, x, y) {
  const places = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => [x + dx, y + dy]));
  return places.filter(([nx, ny]) => nx >= 0 && ny >= 0 && nx < width && ny < height);
}

function isAlike(one, x, y, other, nx, ny) {
  const [a, b] = [(y * one.width + x) * 4, (ny * other.width + nx) * 4];
  return [0, 1, 2].every(
    (channel) => Math.abs(one.data[a + channel] - other.data[b + channel]) <= CHANNEL_TOLERANCE,
  );
}

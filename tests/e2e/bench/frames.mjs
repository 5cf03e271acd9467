// How long a frame's scripting, style and layout take while a battle's scores move. Run by `cargo xtask bench frames`.
// Options: --seconds N (8), --rate N (30), --rooms N (9), --seats N (50), --viewport WxH (1440x900), --json, --trace FILE
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { startBrowser, startServer, startTown } from '../harness.mjs';
import { CATEGORIES, readTrace } from './trace.mjs';

const CEILING_MS = 4;
const CALM_SECONDS = 4;
/** A battle that is well on its way: numbers seldom gain a digit. */
const FIRST_SCORE = 20_000;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '8' },
    rate: { type: 'string', default: '30' },
    rooms: { type: 'string', default: '9' },
    seats: { type: 'string', default: '50' },
    viewport: { type: 'string', default: '1440x900' },
    trace: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const [seconds, rate, lives, seats] = [values.seconds, values.rate, values.rooms, values.seats].map(Number);
const [width, height] = values.viewport.split('x').map(Number);

const server = await startServer();
const browser = await startBrowser();
try {
  const town = await startTown(server, { lives, seats, seated: seats });
  await town.connect();
  const battleId = await town.fight({ seconds: 3_600 });
  const page = await browser.open(server, `/live/${town.liveIds[0]}`, 'bench-viewer', { viewport: { width, height } });
  await page.locator('[data-testid="pk-layer"][data-phase="running"]').waitFor();
  await page.locator('.pk-intro').waitFor({ state: 'detached' });
  await server.addScores(battleId, Object.fromEntries(town.liveIds.map((liveId, i) => [liveId, FIRST_SCORE + i])));
  await page.locator(`[data-testid="pk-score"][data-score="${FIRST_SCORE}"]`).waitFor();

  const calm = await record(page, () => wait(CALM_SECONDS * 1_000));
  const busy = await record(page, () => push(battleId, town.liveIds, seconds * rate), values.trace);
  const report = summary(calm, busy);
  if (values.json) console.log(JSON.stringify(report, null, 2));
  else print(report);
  town.close();
} finally {
  await browser.close();
  await server.dispose();
}

/** What the browser traced while `act` ran. */
async function record(page, act, file) {
  await page.context().browser().startTracing(page, { categories: CATEGORIES });
  const start = Date.now();
  await act();
  const elapsed = (Date.now() - start) / 1_000;
  const trace = await page.context().browser().stopTracing();
  if (file) writeFileSync(file, trace);
  return { elapsed, ...readTrace(trace.toString(), page.url()) };
}

/** Score updates at the rate, each for another room, of sizes that make digits and places change. */
async function push(battleId, liveIds, count) {
  const start = Date.now();
  const answers = [];
  for (let i = 0; i < count; i += 1) {
    await wait(start + (i * 1_000) / rate - Date.now());
    answers.push(server.addScores(battleId, { [liveIds[(i * 4) % liveIds.length]]: 1 + ((i * 7_919) % 997) }));
  }
  await Promise.all(answers);
}

function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}

function summary(calm, busy) {
  const work = busy.frames.map(({ script, style, layout }) => script + style + layout);
  const column = (kind) => spread(busy.frames.map((frame) => frame[kind]));
  return {
    rooms: lives,
    seats,
    updatesPerSecond: rate,
    seconds: busy.elapsed,
    frames: busy.frames.length,
    script: column('script'),
    style: column('style'),
    layout: column('layout'),
    work: spread(work),
    other: column('other'),
    layoutsPerSecond: busy.layouts.length / busy.elapsed,
    layoutsPerSecondWithoutUpdates: calm.layouts.length / calm.elapsed,
    largestLayout: Math.max(0, ...busy.layouts.map(({ dirtyObjects }) => dirtyObjects)),
    styledElements: spread(busy.styles.map(({ elements }) => elements)),
  };
}

function spread(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  return { median: at(0.5), p95: at(0.95), max: at(1) };
}

function print(report) {
  const { work, frames } = report;
  console.log(`${report.rooms} rooms of ${report.seats} seats, ${report.updatesPerSecond} score updates a second, ${frames} frames in ${report.seconds.toFixed(1)} s`);
  console.log(`${'processor ms a frame'.padEnd(28)}${'median'.padStart(9)}${'p95'.padStart(9)}${'max'.padStart(9)}`);
  const rows = { scripting: report.script, style: report.style, layout: report.layout, 'all three': work, 'paint and the rest': report.other };
  for (const [name, { median, p95, max }] of Object.entries(rows)) {
    console.log(name.padEnd(28) + [median, p95, max].map((number) => number.toFixed(2).padStart(9)).join(''));
  }
  const { median, p95 } = report.styledElements;
  console.log(`elements whose style was computed at once: median ${median}, p95 ${p95}`);
  console.log(
    `layouts a second: ${report.layoutsPerSecond.toFixed(1)}, without updates ${report.layoutsPerSecondWithoutUpdates.toFixed(1)}; ` +
      `the largest touched ${report.largestLayout} boxes`,
  );
  const verdict = work.median < CEILING_MS ? 'under' : 'NOT under';
  console.log(`the median is ${verdict} ${CEILING_MS} ms`);
}

// Time per frame for scripting, style and layout during score updates of a battle. Run by `cargo
// xtask bench frames`.
// Options: --seconds N (8), --rate N (30), --rooms N (9), --seats N (50), --viewport WxH (1440x900), --json, --trace FILE
import { parseArgs } from 'node:util';

import { startBrowser, startServer } from '../harness.mjs';
import { openBattle, pushScores, startBattle, wait } from './battle.mjs';
import { spread } from './statistics.mjs';
import { record } from './trace.mjs';

const CEILING_MS = 4;
const CALM_SECONDS = 4;

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
const [seconds, rate, rooms, seats] = [values.seconds, values.rate, values.rooms, values.seats].map(
  Number,
);
const [width, height] = values.viewport.split('x').map(Number);

const server = await startServer();
const browser = await startBrowser();
try {
  const battle = await startBattle(server, { rooms, seats });
  const page = await openBattle(browser, battle, { width, height });
  const calm = await record(page, () => wait(CALM_SECONDS * 1_000));
  const busy = await record(page, () => pushScores(battle, { rate, seconds }), values.trace);
  const report = summary(calm, busy);
  if (values.json) console.log(JSON.stringify(report, null, 2));
  else print(report);
  battle.town.close();
} finally {
  await browser.close();
  await server.dispose();
}

function summary(calm, busy) {
  const work = busy.frames.map(({ script, style, layout }) => script + style + layout);
  const column = (kind) => spread(busy.frames.map((frame) => frame[kind]));
  return {
    rooms,
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

function print(report) {
  const { work, frames } = report;
  console.log(
    `${report.rooms} rooms of ${report.seats} seats, ${report.updatesPerSecond} score updates a second, ${frames} frames in ${report.seconds.toFixed(1)} s`,
  );
  console.log(
    `${'processor ms a frame'.padEnd(28)}${'median'.padStart(9)}${'p95'.padStart(9)}${'max'.padStart(9)}`,
  );
  const rows = {
    scripting: report.script,
    style: report.style,
    layout: report.layout,
    'all three': work,
    'paint and the rest': report.other,
  };
  for (const [name, { median, p95, max }] of Object.entries(rows)) {
    console.log(
      name.padEnd(28) + [median, p95, max].map((number) => number.toFixed(2).padStart(9)).join(''),
    );
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

// The metrics of the client that must not regress, for one build or two side by side. Run by `cargo
// xtask bench client`.
// Options and definitions of the metrics: docs/PERFORMANCE.md
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { startBrowser, startServer } from '../harness.mjs';
import { startBattle } from './battle.mjs';
import { burst } from './figures/burst.mjs';
import { elements, servePackage } from './figures/elements.mjs';
import { frames } from './figures/frames.mjs';
import { memory } from './figures/memory.mjs';
import { mount } from './figures/mount.mjs';
import { median } from './statistics.mjs';

/** Metrics that need a battle of nine lives. */
const OF_A_BATTLE = { mount, frames, burst };
const NAMES = [...Object.keys(OF_A_BATTLE), 'memory', 'elements'];

const { values } = parseArgs({
  options: {
    against: { type: 'string' },
    package: { type: 'string' },
    'against-package': { type: 'string' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', default: NAMES.join(',') },
    seconds: { type: 'string', default: '8' },
    rate: { type: 'string', default: '30' },
    rooms: { type: 'string', default: '9' },
    seats: { type: 'string', default: '50' },
    rows: { type: 'string', default: '36000' },
    cycles: { type: 'string', default: '1000' },
    viewport: { type: 'string', default: '1440x900' },
    json: { type: 'boolean', default: false },
  },
});
const [width, height] = values.viewport.split('x').map(Number);
const numbers = ['seconds', 'rate', 'rooms', 'seats', 'rows', 'cycles'];
const options = Object.fromEntries(numbers.map((name) => [name, Number(values[name])]));
const rounds = Number(values.rounds);
const chosen = new Set(values.only.split(','));
for (const name of chosen)
  if (!NAMES.includes(name)) throw new Error(`${name} is none of ${NAMES.join(', ')}`);

const here = { name: 'this build', program: process.env.DUELCAST_SERVER, folder: values.package };
const other = values.against && {
  name: 'against',
  program: resolve(values.against),
  folder: values['against-package'],
};
const builds = other ? [other, here] : [here];
const results = builds.map(() => []);
for (let round = 1; round <= rounds; round += 1) {
  for (const [i, build] of builds.entries()) {
    console.error(`round ${round} of ${rounds}: ${build.name}`);
    results[i].push(await measure(build));
  }
}
const report = summary(results);
if (values.json) console.log(JSON.stringify(report, null, 2));
else print(report);

/** All metrics of a build, each build with its own server and browser. */
async function measure({ program, folder }) {
  const files = folder && chosen.has('elements') ? await servePackage(resolve(folder)) : undefined;
  const server = await startServer({
    program,
    flags: files ? ['--allowed-origin', files.origin] : [],
  });
  const browser = await startBrowser();
  const stage = { browser, server, files, options, viewport: { width, height } };
  try {
    const figures = {};
    if (files) Object.assign(figures, await elements(stage));
    if (chosen.has('memory')) Object.assign(figures, await memory(stage));
    const ofABattle = Object.entries(OF_A_BATTLE).filter(([name]) => chosen.has(name));
    if (ofABattle.length > 0) {
      const battle = await startBattle(server, options);
      for (const [, figure] of ofABattle)
        Object.assign(figures, await figure({ ...stage, battle }));
      battle.town.close();
    }
    return figures;
  } finally {
    await browser.close();
    await server.dispose();
    files?.close();
  }
}

/**
 * Per metric, the median of each build, and the median, minimum and maximum of the ratios per
 * round.
 */
function summary(results) {
  return Object.keys(results.at(-1)[0]).map((name) => {
    const columns = results.map((figures) => figures.map((figure) => figure[name]));
    const after = columns.pop();
    // A build without the npm package has no metrics of elements.
    const before = columns.find((numbers) => numbers.every(Number.isFinite));
    return {
      name,
      before: before && median(before),
      after: median(after),
      ratio: before && ratio(before, after),
    };
  });
}

function ratio(before, after) {
  const ratios = after.map((number, round) => number / before[round]).filter(Number.isFinite);
  if (ratios.length === 0) return undefined;
  return { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) };
}

function print(report) {
  const width = Math.max(...report.map(({ name }) => name.length)) + 2;
  const columns = other ? ['against', 'this', 'ratio', 'least', 'greatest'] : ['this'];
  console.log(''.padEnd(width) + columns.map((column) => column.padStart(10)).join(''));
  for (const { name, before, after, ratio } of report) {
    const ratios = ratio ? [ratio.median, ratio.min, ratio.max] : [];
    const numbers = other ? [before, after, ...ratios] : [after];
    console.log(name.padEnd(width) + numbers.map((number) => format(number).padStart(10)).join(''));
  }
  const { rooms, seats, rate, seconds } = options;
  console.log(
    `medians of ${rounds} rounds; ${rooms} rooms of ${seats} seats, ${rate} score updates a second for ${seconds} s`,
  );
  if (chosen.has('elements') && !here.folder)
    console.log('no figures of elements: they need --package');
}

function format(number) {
  if (number === undefined) return '-';
  return Math.abs(number) < 100 ? number.toFixed(2) : Math.round(number).toLocaleString('en');
}

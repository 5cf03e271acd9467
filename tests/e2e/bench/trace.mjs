// Records and evaluates a browser trace: the work of the page's main thread, per frame and in
// total.
import { writeFileSync } from 'node:fs';

const SCRIPTING = new Set([
  'FunctionCall',
  'EvaluateScript',
  'FireAnimationFrame',
  'TimerFire',
  'RunMicrotasks',
  'EventDispatch',
  'WebSocketReceive',
  'WebSocketReceiveMessage',
  'v8.callFunction',
  'MinorGC',
  'MajorGC',
]);
const STYLE = new Set(['UpdateLayoutTree', 'RecalculateStyles']);
const LAYOUT = new Set(['Layout']);
const FRAME = 'BeginMainThreadFrame';
const NOTHING = { script: 0, style: 0, layout: 0, other: 0 };

/** The trace categories of the events above. */
const CATEGORIES = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
  'devtools.timeline.frame',
  'v8',
  'disabled-by-default-v8.gc',
];

/**
 * Traces the page while `act` runs; writes the trace to `file`, if given. `elapsed` is in seconds.
 */
export async function record(page, act, file) {
  const browser = page.context().browser();
  await browser.startTracing(page, { categories: CATEGORIES });
  const start = Date.now();
  const value = await act();
  const elapsed = (Date.now() - start) / 1_000;
  const trace = await browser.stopTracing();
  if (file) writeFileSync(file, trace);
  return { value, elapsed, ...readTrace(trace.toString(), page.url()) };
}

/**
 * The work of the main thread of the page at `url`, per frame and in total, in milliseconds of CPU
 * time: the time of other processes is not counted.
 */
function readTrace(json, url) {
  const { traceEvents } = JSON.parse(json);
  const { pid, tid } = mainThread(traceEvents, url);
  const events = traceEvents
    .filter((event) => event.pid === pid && event.tid === tid)
    .sort((a, b) => a.ts - b.ts);
  const starts = events.filter(({ name }) => name === FRAME).map(({ ts }) => ts);
  const frames = starts.map((ts) => ({ ts, ...NOTHING }));
  const total = { ...NOTHING };
  for (const { kind, ts, self } of selfTimes(events.filter(({ ph }) => ph === 'X'))) {
    total[kind] += self / 1_000;
    const frame = frames[frameAt(starts, ts)];
    if (frame) frame[kind] += self / 1_000;
  }
  const all = (names) => events.filter(({ name, ph }) => names.has(name) && ph === 'X');
  return {
    frames,
    total,
    layouts: all(LAYOUT).map(describeLayout),
    styles: all(STYLE).map(describeStyle),
  };
}

function mainThread(events, url) {
  const mains = events.filter(
    ({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain',
  );
  const busy = ({ pid, tid }) =>
    events.filter((event) => event.pid === pid && event.tid === tid && event.name === FRAME).length;
  const page = mains.sort((a, b) => busy(b) - busy(a))[0];
  if (!page) throw new Error(`the trace has no main thread of ${url}`);
  return page;
}

/** The CPU time of each event without its nested events. Events of a thread nest. */
function selfTimes(events) {
  const open = [];
  const done = [];
  const close = (until) => {
    while (open.length > 0 && open.at(-1).end <= until) done.push(open.pop());
  };
  for (const { name, ts, dur = 0, tdur = dur } of events) {
    close(ts);
    const parent = open.at(-1);
    const kind = kindOf(name) ?? parent?.kind ?? 'other';
    if (parent) parent.self -= tdur;
    open.push({ kind, ts, end: ts + dur, self: tdur });
  }
  close(Infinity);
  return done;
}

function kindOf(name) {
  if (SCRIPTING.has(name)) return 'script';
  if (STYLE.has(name)) return 'style';
  return LAYOUT.has(name) ? 'layout' : undefined;
}

/** The last frame that started before: work between two frames belongs to the first. */
function frameAt(starts, ts) {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= ts) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function describeLayout({ args }) {
  return { dirtyObjects: args.beginData?.dirtyObjects ?? 0 };
}

function describeStyle({ args }) {
  return { elements: args.elementCount ?? 0 };
}

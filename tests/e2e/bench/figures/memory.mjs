// Memory after many rows of chat, of which the page keeps 200; what grows with every row is a leak.
import { startTown } from '../../harness.mjs';
import { address, openBlank } from '../battle.mjs';
import { inBatches, install, memory as measure } from '../probe.mjs';

const STEPS = 3;
const ROWS_A_FRAME = 20;
const BATCH = 1_000;
const KIB = 1_024;

export async function memory({ browser, server, viewport, options: { rows } }) {
  const town = await startTown(server, { lives: 1, seats: 8, seated: 4 });
  const page = await openBlank(browser, server, viewport);
  await install(page);
  await page.goto(address(server, `/live/${town.liveIds[0]}`, 'bench-viewer'));
  await page.getByTestId('room').waitFor();
  const batch = (size) => page.evaluate(receive, { rows: size, rowsAFrame: ROWS_A_FRAME });
  const run = (count) => inBatches(page, count, BATCH, batch);
  // The list is full and every kind of row was drawn before the first look.
  await run(BATCH);
  const looks = [await measure(page)];
  const times = [];
  for (let step = 0; step < STEPS; step += 1) {
    times.push(await run(rows / STEPS));
    looks.push(await measure(page));
  }
  await page.context().close();
  await town.end();
  return summary(looks, times, rows);
}

function summary(looks, times, rows) {
  const figures = {};
  for (const [i, look] of looks.entries()) {
    const after = `after ${((rows / STEPS) * i).toLocaleString('en')} rows`;
    figures[`chat, ${after}, JS heap (KiB)`] = look.heapBytes / KIB;
    figures[`chat, ${after}, wasm memory (KiB)`] = look.wasmBytes / KIB;
    figures[`chat, ${after}, DOM nodes`] = look.nodes;
    figures[`chat, ${after}, DOM listeners`] = look.listeners;
  }
  const [first, last] = [looks[0], looks.at(-1)];
  const bytes = ({ heapBytes, wasmBytes }) => heapBytes + wasmBytes;
  figures['chat, growth per 1,000 rows, JS heap + wasm (KiB)'] =
    (bytes(last) - bytes(first)) / KIB / (rows / 1_000);
  const sum = (kind) => times.reduce((total, time) => total + time[kind], 0);
  figures['chat, scripting per 1,000 rows (ms)'] = sum('script') / (rows / 1_000);
  figures['chat, all of the main thread per 1,000 rows (ms)'] = sum('task') / (rows / 1_000);
  return figures;
}

/** Runs in the page: gives the client texts, and every fifth time a gift, some in each frame. */
async function receive({ rows, rowsAFrame }) {
  const { probe } = globalThis;
  const { live, recentMessages } = probe.snapshot;
  const { liveId, owner } = live;
  const gift = { giftId: 'rose', giftName: 'Rose', icon: '🌹', tier: 'basic', coins: 1 };
  for (let i = 0; i < rows; i += 1) {
    probe.snapshot.seq += 1;
    const { seq } = probe.snapshot;
    const sender = { userId: `talker-${seq % 97}`, userName: `Talker ${seq % 97}`, avatarUrl: '' };
    const at = Date.now();
    const [type, message] =
      i % 5 === 4
        ? [
            'onGift',
            { sender, receiver: owner, toLiveId: liveId, gift, count: 1 + (seq % 9), sentAt: at },
          ]
        : [
            'onTextMessage',
            { sender, text: `Message ${seq}, as long as people write them`, sentAt: at },
          ];
    probe.receive('event', { liveId, seq, at, type, message });
    if (i % rowsAFrame !== rowsAFrame - 1) continue;
    // In a task after the frame, so that the client draws these rows in the next frame and no others.
    await probe.nextFrame();
    await probe.nextTask();
  }
  // The client draws what came in the frame before in the next one.
  await probe.nextFrame();
  await probe.nextFrame();
  const lines = document.querySelectorAll('[data-testid="chat-item"]').length;
  if (lines !== 200)
    throw new Error(`the chat has ${lines} lines (${recentMessages.length} at first), not 200`);
}

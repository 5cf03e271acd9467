// Custom elements of the npm package that are made and removed again, a thousand of them.
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { connect } from '../../harness.mjs';
import { serve } from '../../../../npm/test/support/static.mjs';
import { inBatches, install, memory } from '../probe.mjs';

const KIB = 1_024;
const BATCH = 50;
const PAGE = `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <title>Elements</title>
  <script type="importmap">
    { "imports": { "duelcast": "/package/dist/index.js", "duelcast/elements": "/package/dist/elements/index.js" } }
  </script>
  <div id="here"></div>
</html>`;

/** Serves a page and the package in this folder; `origin` is what the server must allow. */
export async function servePackage(folder) {
  const root = mkdtempSync(join(tmpdir(), 'duelcast-bench-'));
  writeFileSync(join(root, 'page.html'), PAGE);
  symlinkSync(folder, join(root, 'package'));
  const files = await serve(root);
  const close = () => {
    files.close();
    rmSync(root, { recursive: true });
  };
  return { origin: files.url, close };
}

export async function elements({ browser, server, files, options: { cycles } }) {
  const liveId = 'bench-elements';
  const owner = await connect(server, liveId, 'Mira');
  await owner.call('createLive', { liveId, liveName: 'Mira’s room' });
  const page = await openPage(browser, server, files.origin, liveId);
  const figures = {
    ...(await measure(page, 'an unfilled pair', cycles, pair)),
    ...(await measure(page, 'a live', cycles, live)),
  };
  await page.context().close();
  await server.rest('DELETE', `/v1/lives/${liveId}`);
  owner.close();
  return figures;
}

async function openPage(browser, server, origin, liveId) {
  const page = await browser.open({ url: origin }, '/page.html');
  await install(page);
  await page.reload();
  await page.evaluate(start, { url: server.url, token: server.token('bench-reader'), liveId });
  return page;
}

/** Runs in the page: starts the client and joins the live, which the elements then need not. */
async function start({ url, token, liveId }) {
  const duelcast = await import('duelcast');
  await import('duelcast/elements');
  duelcast.login(token);
  await duelcast.init({ url });
  await duelcast.LiveStore.create(liveId).join();
}

async function measure(page, name, cycles, cycle) {
  const run = (count) => inBatches(page, count, BATCH, (size) => page.evaluate(cycle, size));
  await run(cycles / 10);
  const before = await memory(page);
  const { script, task } = await run(cycles);
  const after = await memory(page);
  const of = `elements, ${cycles.toLocaleString('en')} times ${name}`;
  return {
    [`${of}, scripting (ms)`]: script,
    [`${of}, all of the main thread (ms)`]: task,
    [`${of}, JS heap gained (KiB)`]: (after.heapBytes - before.heapBytes) / KIB,
    [`${of}, wasm memory gained (KiB)`]: (after.wasmBytes - before.wasmBytes) / KIB,
    [`${of}, DOM nodes gained`]: after.nodes - before.nodes,
    [`${of}, DOM listeners gained`]: after.listeners - before.listeners,
  };
}

/** Runs in the page: seats and a bar of no live, removed in the next task. */
async function pair(count) {
  const { probe } = globalThis;
  const here = document.getElementById('here');
  for (let i = 0; i < count; i += 1) {
    here.innerHTML = '<duelcast-seats></duelcast-seats><duelcast-pk-bar></duelcast-pk-bar>';
    await probe.nextTask();
    here.replaceChildren();
    await probe.nextTask();
  }
}

/** Runs in the page: a whole live, removed as soon as its board is there. */
async function live(count) {
  const { probe } = globalThis;
  const here = document.getElementById('here');
  for (let i = 0; i < count; i += 1) {
    here.innerHTML = '<duelcast-live live-id="bench-elements"></duelcast-live>';
    while (!here.firstElementChild.shadowRoot?.querySelector('.board')) await probe.nextTask();
    here.replaceChildren();
    await probe.nextTask();
  }
}

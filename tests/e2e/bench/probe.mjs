// What a figure needs inside the page: the socket, to feed it; the memories of its wasm modules; when the board is drawn.

const NINE_ROOMS = 9;

/** Installs the probe for the pages that this one loads from now on, as `globalThis.probe`. */
export function install(page) {
  return page.addInitScript(probe, NINE_ROOMS);
}

/** Runs in the page, before anything else does. */
function probe(rooms) {
  const memories = new Set();
  const watch = (result) => {
    const { memory } = (result.instance ?? result).exports;
    if (memory) memories.add(memory);
    return result;
  };
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const original = WebAssembly[name].bind(WebAssembly);
    WebAssembly[name] = async (...args) => watch(await original(...args));
  }

  const probe = {
    /** The socket that was opened last. */
    socket: undefined,
    /** The snapshot of the live that was joined last. */
    snapshot: undefined,
    /** The newest scores. */
    scores: undefined,
    wasmBytes: () => [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
    nextFrame: () => new Promise((resolve) => requestAnimationFrame(resolve)),
    /** Another task: what the browser does between two messages of a socket may happen before it. */
    nextTask: () =>
      new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => (port1.close(), resolve());
        port2.postMessage(0);
      }),
    /** Hands the client a notification as if it had come by the socket. */
    receive(method, params) {
      const data = JSON.stringify({ jsonrpc: '2.0', method, params });
      probe.socket.dispatchEvent(new MessageEvent('message', { data }));
    },
    /** Milliseconds since `start` (of the page's clock) when a card of each room has been drawn. */
    async drawn(start = 0) {
      while (document.getElementsByClassName('room-card').length < rooms) await probe.nextFrame();
      await probe.nextFrame();
      return performance.now() - start;
    },
  };
  globalThis.probe = probe;

  const hear = ({ data, isTrusted }) => {
    if (!isTrusted) return;
    const { result, method, params } = JSON.parse(data);
    if (result?.recentMessages) probe.snapshot = result;
    if (method === 'volatile' && params.battleScore) probe.scores = params;
  };
  globalThis.WebSocket = class extends WebSocket {
    constructor(...args) {
      super(...args);
      probe.socket = this;
      this.addEventListener('message', hear);
    }
  };
}

/** The page's memory after its garbage was collected, in bytes and numbers. */
export async function memory(page) {
  const devtools = await page.context().newCDPSession(page);
  await collectGarbage(page, devtools);
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
  const wasmBytes = await page.evaluate(() => globalThis.probe.wasmBytes());
  await devtools.detach();
  return { heapBytes: usedSize, wasmBytes, nodes, listeners: jsEventListeners };
}

/**
 * Calls `act(size)` until `count` is reached, with a collection of garbage after each: otherwise wasm's memory, which never
 * shrinks, would tell how late the browser collects. Answers the processor time of the page's main thread during the calls,
 * in milliseconds: of its scripts, and of all its tasks.
 */
export async function inBatches(page, count, size, act) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const sum = { script: 0, task: 0 };
  for (let done = 0; done < count; done += size) {
    const before = await times(devtools);
    await act(Math.min(size, count - done));
    const after = await times(devtools);
    for (const kind of Object.keys(sum)) sum[kind] += after[kind] - before[kind];
    await collectGarbage(page, devtools);
  }
  await devtools.detach();
  return sum;
}

async function times(devtools) {
  const { metrics } = await devtools.send('Performance.getMetrics');
  const ms = (name) => metrics.find((metric) => metric.name === name).value * 1_000;
  return { script: ms('ScriptDuration'), task: ms('TaskDuration') };
}

async function collectGarbage(page, devtools) {
  for (let round = 0; round < 2; round += 1) {
    await devtools.send('HeapProfiler.collectGarbage');
    // Finalizers, by which wasm learns of garbage, run in tasks of their own.
    await page.evaluate(() => globalThis.probe.nextTask());
  }
}

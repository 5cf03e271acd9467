// The in-page part of the benchmark: access to the socket, the memories of the wasm modules, and
// the time at which the board is drawn.

const NINE_ROOMS = 9;

/** Installs the probe as `globalThis.probe` in pages that are loaded from now on. */
export function install(page) {
  return page.addInitScript(probe, NINE_ROOMS);
}

/** Runs in the page, before all other scripts. */
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
    /** The most recently opened socket. */
    socket: undefined,
    /** The snapshot of the most recent join. */
    snapshot: undefined,
    /** The latest scores. */
    scores: undefined,
    wasmBytes: () => [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
    nextFrame: () => new Promise((resolve) => requestAnimationFrame(resolve)),
    /**
     * Yields to the next task: the browser's work between two messages of a socket can run before
     * it.
     */
    nextTask: () =>
      new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => (port1.close(), resolve());
        port2.postMessage(0);
      }),
    /** Passes a notification to the client as if it came from the socket. */
    receive(method, params) {
      const data = JSON.stringify({ jsonrpc: '2.0', method, params });
      probe.socket.dispatchEvent(new MessageEvent('message', { data }));
    },
    /**
     * Time in milliseconds since `start` (on the page's clock) at which a card of each live was
     * drawn.
     */
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

/** The page's memory after a garbage collection, in bytes and object counts. */
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
 * Calls `act(size)` until `count` is reached, with a garbage collection after each call: the memory
 * of wasm never shrinks, so it would otherwise depend on when the browser collects. Returns the CPU
 * time of the page's main thread during the calls, in milliseconds: of its scripts, and of all its
 * tasks.
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
    // Finalizers, which notify wasm of collected objects, run in separate tasks.
    await page.evaluate(() => globalThis.probe.nextTask());
  }
}

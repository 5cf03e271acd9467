// The guard around a release build's module, tested with a minimal module.
import assert from 'node:assert/strict';
import { test } from 'node:test';

/*
 * (module
 *   (import "page" "out" (func $out))
 *   (memory (export "memory") 1 1)
 *   (func (export "fine") (result i32) (i32.const 7))
 *   (func (export "unreachable") unreachable)
 *   (func (export "outOfBounds") (drop (i32.load (i32.const -1))))
 *   (func $forever (export "forever") (call $forever))
 *   (func (export "callOut") (call $out)))
 */
const MODULE =
  'AGFzbQEAAAABCAJgAABgAAF/AgwBBHBhZ2UDb3V0AAADBgUBAAAAAAUEAQEBAQdBBgZtZW1vcnkCAARmaW5lAAELdW5yZWFjaGFibGUAAgtvdXRPZkJvdW5k' +
  'cwADB2ZvcmV2ZXIABAdjYWxsT3V0AAUKHQUEAEEHCwMAAAsIAEF/KAIAGgsEABAECwQAEAAL';

let guards = 0;

/** A guarded module whose `callOut` calls `out`, and the reports about it. */
async function start(out = () => {}) {
  guards += 1;
  const { guarded, onPanic } = await import(`../../xtask/scripts/guard.js?${guards}`);
  const { instance } = await WebAssembly.instantiate(Buffer.from(MODULE, 'base64'), {
    page: { out },
  });
  const told = [];
  onPanic((error) => told.push(error));
  return { wasm: guarded(instance.exports), told };
}

const TRAPS = {
  unreachable: [WebAssembly.RuntimeError, /unreachable/],
  outOfBounds: [WebAssembly.RuntimeError, /out of bounds/],
  forever: [RangeError, /call stack/],
};

for (const [name, [kind, message]] of Object.entries(TRAPS)) {
  test(`a trap is reported once and rethrown: ${name}`, async () => {
    const { wasm, told } = await start();
    assert.equal(wasm.fine(), 7);
    assert.throws(wasm[name], kind);
    assert.deepEqual(wasm.fine(), []);
    assert.deepEqual(wasm[name](), []);
    assert.equal(told.length, 1);
    assert.ok(told[0] instanceof kind);
    assert.match(told[0].message, message);
    assert.match(told[0].stack, /wasm-function\[\d+\]:0x[0-9a-f]+/);
  });
}

test('an exception of the page passes through and is not reported', async () => {
  for (const error of [
    new Error('mine'),
    new RangeError('Invalid array length'),
    'a word',
    undefined,
    Symbol('mine'),
  ]) {
    const { wasm, told } = await start(() => {
      throw error;
    });
    assert.throws(wasm.callOut, (thrown) => thrown === error);
    assert.equal(wasm.fine(), 7);
    assert.deepEqual(told, []);
  }
});

test('a trap that the page caught in between is reported, and the module stays stopped', async () => {
  const { wasm, told } = await start(() => {
    assert.throws(() => wasm.unreachable(), /unreachable/);
    assert.deepEqual(told, []);
    assert.throws(() => wasm.fine(), /unreachable/);
  });
  wasm.callOut();
  assert.equal(told.length, 1);
});

test('a stack overflow between page and module is reported once the stack is free again', async () => {
  const { wasm, told } = await start(() => wasm.callOut());
  assert.throws(wasm.callOut, RangeError);
  assert.equal(told.length, 1);
  assert.deepEqual(wasm.fine(), []);
});

// The order of a release build's functions, in a module as small as it can be.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { withOrder } from '../../xtask/scripts/order.mjs';
import { CODE, CUSTOM, leb, named, number, section, sections, text } from '../../xtask/scripts/wasm.mjs';

const TYPES = 1;
const FUNCTIONS = 3;

/** `(i32.const n) drop` for each number. */
const constants = (numbers) => numbers.flatMap((n) => [0x41, n, 0x1a]);
/** `nop`, so many times. */
const nops = (count) => Array(count).fill(0x01);

/** A module of functions with these names and instructions. */
function moduleOf(functions) {
  const all = Object.entries(functions);
  const listed = (entries) => Buffer.concat([leb(entries.length), ...entries]);
  const bodies = all.map(([, code]) => Buffer.concat([leb(code.length + 2), Buffer.from([0, ...code, 0x0b])]));
  const names = all.map(([name], index) => Buffer.concat([leb(index), named(name)]));
  return Buffer.concat([
    Buffer.from('\0asm\x01\0\0\0', 'latin1'),
    section(TYPES, Buffer.from([1, 0x60, 0, 0])),
    section(FUNCTIONS, listed(all.map(() => Buffer.of(0)))),
    section(CODE, listed(bodies)),
    section(CUSTOM, Buffer.concat([named('name'), section(1, listed(names))])),
  ]);
}

/** The names of a module's functions, by number. */
function namesOf(wasm) {
  const names = [];
  sections(wasm, (id, content) => {
    if (id !== CUSTOM) return content;
    const [, after] = text(content, 0);
    const [, start] = number(content, after + 1);
    let [count, at] = number(content, start);
    for (; count > 0; count -= 1) {
      const [index, from] = number(content, at);
      const [name, end] = text(content, from);
      names[index] = name.toString();
      at = end;
    }
    return content;
  });
  return names;
}

const FUNCTIONS_BY_TURNS = {
  one: constants([1, 2, 3, 4, 5, 6]),
  idle: nops(20),
  other: constants([9, 2, 3, 4, 5, 6]),
  idler: nops(24),
};

test('functions that resemble each other are given places side by side', () => {
  const places = Object.fromEntries(
    namesOf(withOrder(moduleOf(FUNCTIONS_BY_TURNS))).map((name) => [name.slice(6), Number(name.slice(0, 5))]),
  );
  assert.deepEqual(Object.keys(places).sort(), ['idle', 'idler', 'one', 'other']);
  assert.equal(Math.abs(places.one - places.other), 1);
  assert.equal(Math.abs(places.idle - places.idler), 1);
});

test('but for the names the module stays what it was', () => {
  const before = moduleOf(FUNCTIONS_BY_TURNS);
  const after = withOrder(before);
  const withoutNames = (wasm) => sections(wasm, (id, content) => (id === CUSTOM ? undefined : content));
  assert.ok(WebAssembly.validate(after));
  assert.deepEqual(withoutNames(after), withoutNames(before));
});

// Makes each pair of a module `X_bg.wasm` and the JavaScript `X.js` that wasm-bindgen wrote for it as small as it goes:
// what neither page nor module asks for is left out, and what the two call each other by becomes one or two letters. Where the
// page wants to hear of panics, what the module exports is guarded. With `SYMBOLS` in the environment, that folder gets a file
// `X.symbols`: a line `index:name` for each function.
// Usage: node slim.mjs FOLDER WASM_OPT [ARGUMENT …]
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const IMPORTS = 2;
const EXPORTS = 7;
// Classes for streams that a library of Leptos's exports; no page of ours makes one.
const UNUSED_CLASS = /^export class (IntoUnderlying\w+) \{\n[^]*?^\}\nif \(Symbol\.dispose\) \1.*\n/gm;
const UNUSED_REGISTRY = /^const IntoUnderlying\w+Finalization = [^]*?;\n/gm;
const ON_PANIC = /^export function onPanic\([^]*?^\}\n/m;
const EXPORTED = 'wasm = instance.exports;';

const [folder, wasmOpt, ...options] = process.argv.slice(2);
for (const name of readdirSync(folder)) {
  if (name.endsWith('_bg.wasm')) slim(join(folder, name), join(folder, name.replace('_bg.wasm', '.js')));
}

function slim(wasm, script) {
  let code = guard(readFileSync(script, 'utf8').replace(UNUSED_CLASS, '').replace(UNUSED_REGISTRY, ''));
  const used = new Set([...code.matchAll(/\bwasm(?:Module)?\.(\w+)/g)].map(([, name]) => name));
  used.add('memory');
  rewrite(wasm, EXPORTS, (entry) => (used.has(entry.name) ? entry : undefined));
  execFileSync(wasmOpt, [...options, ...symbols(script), wasm, '-o', wasm], { stdio: 'inherit' });
  const names = shortNames();
  const given = new Map();
  const rename = (entry) => {
    if (!given.has(entry.name)) given.set(entry.name, names.next().value);
    return { ...entry, name: given.get(entry.name) };
  };
  rewrite(wasm, IMPORTS, rename);
  code = withNames(code, given);
  const called = new Map();
  const shorten = (entry) => {
    if (entry.name === 'memory') return entry;
    called.set(entry.name, names.next().value);
    return { ...entry, name: called.get(entry.name) };
  };
  rewrite(wasm, EXPORTS, shorten);
  code = code.replace(/\bwasm\.(\w+)/g, (whole, name) => (called.has(name) ? `wasm.${called.get(name)}` : whole));
  writeFileSync(script, code);
}

/** A module that tells of panics tells of all traps, and without a hook inside. */
function guard(code) {
  if (!ON_PANIC.test(code)) return code;
  if (!code.includes(EXPORTED)) throw new Error('the script takes its exports in a way that is not known here');
  const text = readFileSync(new URL('guard.js', import.meta.url), 'utf8').replace('export function guarded', 'function guarded');
  return code.replace(ON_PANIC, () => text).replace(EXPORTED, 'wasm = guarded(instance.exports);');
}

function symbols(script) {
  const { SYMBOLS } = process.env;
  if (SYMBOLS === undefined) return [];
  mkdirSync(SYMBOLS, { recursive: true });
  return [`--symbolmap=${join(SYMBOLS, basename(script, '.js'))}.symbols`];
}

/** The object of imports with new names, and without those that the module has none of. */
function withNames(code, given) {
  const [before, inside, after] = cut(code, "__proto__: null,\n", /^    \};\n/m);
  const entries = inside.split(/^(?=        \w+: (?:function\(|\/\*|\w))/m).filter((entry) => entry.trim() !== '');
  const kept = entries.flatMap((entry) => {
    const [, name, rest] = /^\s*(\w+)(: [^]*)$/.exec(entry);
    return given.has(name) ? [`        ${given.get(name)}${rest}`] : [];
  });
  if (kept.length !== given.size) throw new Error(`${given.size} imports, of which ${kept.length} are in the script`);
  return before + kept.join('') + after;
}

function cut(code, opening, closing) {
  const start = code.indexOf(opening) + opening.length;
  if (start < opening.length) throw new Error('the script gives its imports in a way that is not known here');
  const length = code.slice(start).search(closing);
  return [code.slice(0, start), code.slice(start, start + length), code.slice(start + length)];
}

function* shortNames() {
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
  for (const letter of letters) yield letter;
  for (const first of letters) for (const second of `${letters}0123456789`) yield first + second;
}

/** Passes each entry of a section through `change`; those that it does not give back are left out. */
function rewrite(file, section, change) {
  const bytes = readFileSync(file);
  const parts = [bytes.subarray(0, 8)];
  for (let at = 8; at < bytes.length;) {
    const id = bytes[at];
    const [size, body] = number(bytes, at + 1);
    const end = body + size;
    if (id === section) {
      const content = entries(bytes.subarray(body, end), section, change);
      parts.push(Buffer.of(id), leb(content.length), content);
    } else {
      parts.push(bytes.subarray(at, end));
    }
    at = end;
  }
  writeFileSync(file, Buffer.concat(parts));
}

function entries(bytes, section, change) {
  let [count, at] = number(bytes, 0);
  const kept = [];
  for (; count > 0; count -= 1) {
    let module = Buffer.alloc(0);
    if (section === IMPORTS) [module, at] = text(bytes, at);
    let name;
    [name, at] = text(bytes, at);
    const end = section === IMPORTS ? importEnd(bytes, at) : number(bytes, at + 1)[1];
    const entry = change({ name: name.toString() });
    if (entry !== undefined) kept.push({ module, ...entry, rest: bytes.subarray(at, end) });
    at = end;
  }
  const written = kept.flatMap(({ module, name, rest }) => {
    const start = section === IMPORTS ? [leb(module.length), module] : [];
    return [...start, leb(name.length), Buffer.from(name), rest];
  });
  return Buffer.concat([leb(kept.length), ...written]);
}

/** Functions are all that wasm-bindgen imports. */
function importEnd(bytes, at) {
  if (bytes[at] !== 0) throw new Error(`an import of kind ${bytes[at]}`);
  return number(bytes, at + 1)[1];
}

function text(bytes, at) {
  const [length, start] = number(bytes, at);
  return [bytes.subarray(start, start + length), start + length];
}

function number(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at];
    at += 1;
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return [value, at];
  }
}

function leb(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return Buffer.from([...bytes, value]);
}

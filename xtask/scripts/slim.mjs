// Makes each pair of a module `X_bg.wasm` and the JavaScript `X.js` that wasm-bindgen wrote for it as small as it goes:
// what neither page nor module asks for is left out, and what the two call each other by becomes one or two letters. Where the
// page wants to hear of panics, what the module exports is guarded. With `SYMBOLS` in the environment, that folder gets a file
// `X.symbols`: a line `index:name` for each function.
// Usage: node slim.mjs FOLDER WASM_OPT [ARGUMENT …]
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { withOrder } from './order.mjs';
import { EXPORTS, IMPORTS, leb, named, number, sections, text } from './wasm.mjs';

// Classes for streams that a library of Leptos's exports; no page of ours makes one.
const UNUSED_CLASS = /^export class (IntoUnderlying\w+) \{\n[^]*?^\}\nif \(Symbol\.dispose\) \1.*\n/gm;
const UNUSED_REGISTRY = /^const IntoUnderlying\w+Finalization = [^]*?;\n/gm;
const ON_PANIC = /^export function onPanic\([^]*?^\}\n/m;
const EXPORTED = 'wasm = instance.exports;';

const { SYMBOLS } = process.env;

const [folder, wasmOpt, ...options] = process.argv.slice(2);
for (const name of readdirSync(folder)) {
  if (name.endsWith('_bg.wasm')) slim(join(folder, name), join(folder, name.replace('_bg.wasm', '.js')));
}

function slim(wasm, script) {
  let code = guard(readFileSync(script, 'utf8').replace(UNUSED_CLASS, '').replace(UNUSED_REGISTRY, ''));
  const used = new Set([...code.matchAll(/\bwasm(?:Module)?\.(\w+)/g)].map(([, name]) => name));
  used.add('memory');
  rewrite(wasm, EXPORTS, (entry) => (used.has(entry.name) ? entry : undefined));
  optimize(wasm, ['-g', ...options]);
  writeFileSync(wasm, withOrder(readFileSync(wasm)));
  optimize(wasm, ['--reorder-functions-by-name', ...symbols(script), ...options.filter((option) => option.startsWith('--enable-'))]);
  withoutOrder(script);
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

function optimize(wasm, options) {
  execFileSync(wasmOpt, [...options, wasm, '-o', wasm], { stdio: 'inherit' });
}

function symbols(script) {
  return SYMBOLS === undefined ? [] : [`--symbolmap=${symbolsOf(script)}`];
}

function symbolsOf(script) {
  mkdirSync(SYMBOLS, { recursive: true });
  return `${join(SYMBOLS, basename(script, '.js'))}.symbols`;
}

/** The names in the list of symbols as they were. */
function withoutOrder(script) {
  if (SYMBOLS === undefined) return;
  const file = symbolsOf(script);
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^(\d+:)\d{5} /gm, '$1'));
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
function rewrite(file, wanted, change) {
  const changed = (id, content) => (id === wanted ? entries(content, id, change) : content);
  writeFileSync(file, sections(readFileSync(file), changed));
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
    const start = section === IMPORTS ? [named(module)] : [];
    return [...start, named(name), rest];
  });
  return Buffer.concat([leb(kept.length), ...written]);
}

/** Functions are all that wasm-bindgen imports. */
function importEnd(bytes, at) {
  if (bytes[at] !== 0) throw new Error(`an import of kind ${bytes[at]}`);
  return number(bytes, at + 1)[1];
}

// Puts guard.js into the JavaScript that wasm-bindgen wrote for a module, in place of the module's own `onPanic`.
// Usage: node guard.mjs FILE.js
import { readFileSync, writeFileSync } from 'node:fs';

const ON_PANIC = /^export function onPanic\([^]*?^\}\n/m;
const EXPORTED = 'wasm = instance.exports;';

const [file] = process.argv.slice(2);
const code = readFileSync(file, 'utf8');
if (!ON_PANIC.test(code) || !code.includes(EXPORTED)) {
  throw new Error(
    `${file}: wasm-bindgen writes its JavaScript in a form that guard.mjs does not know`,
  );
}
const guard = readFileSync(new URL('guard.js', import.meta.url), 'utf8').replace(
  'export function guarded',
  'function guarded',
);
writeFileSync(
  file,
  code.replace(ON_PANIC, () => guard).replace(EXPORTED, 'wasm = guarded(instance.exports);'),
);

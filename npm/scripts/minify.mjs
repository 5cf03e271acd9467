// Makes the JavaScript of dist/ small, the wasm's included. Declarations keep what is said of everything.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { minify } from 'vite';

const DIST = new URL('../dist/', import.meta.url);
// Some bundlers find what else is to be loaded only in plain quotes.
const ADDRESS = /(\bimport\(|new URL\()`([^`$]+)`/g;

for (const name of readdirSync(DIST, { recursive: true })) {
  if (!name.endsWith('.js')) continue;
  const file = new URL(name.replaceAll('\\', '/'), DIST);
  const { code, errors } = await minify(name, readFileSync(file, 'utf8'), { module: true });
  if (errors.length > 0)
    throw new Error(`${name}: ${errors.map(({ message }) => message).join('; ')}`);
  writeFileSync(file, code.replace(ADDRESS, '$1"$2"'));
}

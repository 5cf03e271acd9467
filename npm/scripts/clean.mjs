// Removes what an earlier build left in dist/, but for the wasm, which is built apart.
import { readdirSync, rmSync } from 'node:fs';

const DIST = new URL('../dist/', import.meta.url);

for (const name of readdirSync(DIST)) {
  if (name !== 'wasm') rmSync(new URL(name, DIST), { recursive: true });
}

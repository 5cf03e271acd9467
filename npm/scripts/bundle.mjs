// Makes one file of each entry, and one of what they share. The wasm's JavaScript stays apart, for a page loads one of the two.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const FILES = ['core', 'index', 'elements/index', 'react', 'vue'].map((name) => `src/${name}.ts`);
const APART = ['react', 'vue', '*/core.js', '*/wasm/duelcast.js', '*/wasm/elements.js'];

await build({
  absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
  entryPoints: FILES,
  external: APART,
  bundle: true,
  format: 'esm',
  outbase: 'src',
  outdir: 'dist',
  logLevel: 'warning',
});

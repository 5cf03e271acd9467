// Makes one file of each entry, and one of what they share. The wasm's JavaScript stays apart, for a page loads one of the two.
import { execSync } from 'node:child_process';

const FILES = ['core', 'index', 'elements/index', 'react', 'vue'].map((name) => `src/${name}.ts`);
const APART = ['react', 'vue', '*/core.js', '*/wasm/duelcast.js', '*/wasm/elements.js'].map((name) => `"--external:${name}"`);
const FLAGS = ['--bundle', '--format=esm', '--outbase=src', '--outdir=dist', '--log-level=warning'];

execSync(['esbuild', ...FILES, ...FLAGS, ...APART].join(' '), { stdio: 'inherit' });

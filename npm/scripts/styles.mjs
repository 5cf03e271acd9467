// The app's styles as a stylesheet for shadow roots: what is said of the page there goes for the element here.
import { execSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const ROOT = new URL('../../', import.meta.url);
const OUT = new URL('../dist/elements/elements.css.txt', import.meta.url);
/** In the order of index.html; the overlay is a page of its own. */
const SHEETS = ['tokens', 'base', 'controls', 'lobby', 'room', 'seats', 'pk', 'chat'];

const REWRITES = [
  [/\/\*[^]*?\*\//g, ''],
  [/:root\s*\{/g, ':host {'],
  [/\.light-ok\s*\{/g, ':host(duelcast-lobby) {'],
  [/(^|\n)html[^{,]*\{[^}]*\}/g, ''],
  [/(^|\n)body\s*\{/g, '\n:host {'],
  [/@media \((min|max)-width:/g, '@container (($1-width:'],
  [/@container \(\((min|max)-width: ([^)]+)\)/g, '@container ($1-width: $2)'],
  [/(\d)(dvh|vh)\b/g, '$1cqb'],
  [/(\d)vw\b/g, '$1cqi'],
];

const own = readFileSync(new URL('../src/elements/host.css', import.meta.url), 'utf8');
const sheets = SHEETS.map((name) => readFileSync(new URL(`style/${name}.css`, ROOT), 'utf8'));
const css = REWRITES.reduce((text, [pattern, by]) => text.replace(pattern, by), [...sheets, own].join('\n'));

writeFileSync(OUT, execSync('esbuild --loader=css --minify', { input: css }));

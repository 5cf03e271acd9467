// The app's styles as a stylesheet for shadow roots: what is said of the page there goes for the element here.
import { readFileSync, writeFileSync } from 'node:fs';
import { transform } from 'lightningcss';

const ROOT = new URL('../../', import.meta.url);
const OUT = new URL('../dist/elements/elements.css.txt', import.meta.url);
/** Those of index.html in their order, but the overlay's, which is a page of its own. */
const INDEX = readFileSync(new URL('index.html', ROOT), 'utf8');
const SHEETS = [...INDEX.matchAll(/href="style\/(\w+)\.css"/g)]
  .map(([, name]) => name)
  .filter((name) => name !== 'overlay');

const HOST = { type: 'pseudo-class', kind: 'host' };
const LOBBY = { ...HOST, selectors: [{ type: 'type', name: 'duelcast-lobby' }] };
/** Lengths of the window, and the same of the element. */
const UNITS = { vh: 'cqb', dvh: 'cqb', vw: 'cqi' };

function hostInPlaceOfPage(part) {
  const { type, kind, name } = part;
  if ((type === 'pseudo-class' && kind === 'root') || (type === 'type' && name === 'body'))
    return HOST;
  return type === 'class' && name === 'light-ok' ? LOBBY : part;
}

/** The condition of `@media (min-width: …)` and `@media (max-width: …)`, which are asked of the element. */
function widthAsked({ mediaQueries: [{ qualifier, mediaType, condition }, ...others] }) {
  const isWidth =
    condition?.type === 'feature' &&
    condition.value.type === 'range' &&
    condition.value.name === 'width';
  return isWidth && !qualifier && mediaType === 'all' && others.length === 0 ? condition : null;
}

/** Lightning CSS 1.33 does not take back the `null`s that it gives, such as `fallback` and `from` of a `var()`. */
function returnable(rule) {
  return JSON.parse(JSON.stringify(rule, (_, value) => value ?? undefined));
}

const visitor = {
  Rule: {
    media({ value: { query, rules, loc } }) {
      const condition = widthAsked(query);
      return condition
        ? { type: 'container', value: returnable({ condition, rules, loc }) }
        : undefined;
    },
  },
  // A rule that is left without selectors goes.
  Selector: (selector) =>
    selector[0].type === 'type' && selector[0].name === 'html'
      ? []
      : selector.map(hostInPlaceOfPage),
  Length: ({ unit, value }) => ({ unit: UNITS[unit] ?? unit, value }),
};

const files = [
  ...SHEETS.map((name) => new URL(`style/${name}.css`, ROOT)),
  new URL('../src/elements/host.css', import.meta.url),
];
const code = Buffer.concat(files.map((file) => readFileSync(file)));
const { code: css, warnings } = transform({
  filename: 'elements.css',
  code,
  minify: true,
  visitor,
});
if (warnings.length > 0)
  throw new Error(warnings.map(({ message, loc }) => `line ${loc.line}: ${message}`).join('\n'));

writeFileSync(OUT, css);

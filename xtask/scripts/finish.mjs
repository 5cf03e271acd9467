// Trunk's hook after a release build: gives the page's inline script a file of its own, since the
// server's content security policy allows no inline script; minifies the wasm's JavaScript, which
// Trunk's own minifier cannot read; and writes a brotli sibling (`app.wasm.br`) beside every file
// that compresses well.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

import { transformSync } from 'esbuild';

const INLINE_SCRIPT = /<script type="?module"?>([^]*?)<\/script>/g;
const COMPRESSIBLE = ['.css', '.html', '.js', '.json', '.svg', '.txt', '.wasm', '.webmanifest'];

const folder = process.env.TRUNK_STAGING_DIR;
if (process.env.TRUNK_PROFILE === 'release') {
  takeOutInlineScript();
  minifyScripts();
  compressAll();
}

function takeOutInlineScript() {
  const page = join(folder, 'index.html');
  const html = readFileSync(page, 'utf8');
  const [found, ...others] = html.matchAll(INLINE_SCRIPT);
  // Named as the module that it starts, whose name has a hash.
  const name = found?.[1].match(/\/duelcast-app([^/]*?)\.js/)?.[1];
  if (name === undefined || others.length > 0)
    throw new Error('Trunk starts the module in a form that finish.mjs does not know');
  writeFileSync(join(folder, `start${name}.js`), found[1].trim());
  writeFileSync(
    page,
    html.replace(found[0], `<script type="module" src="/start${name}.js"></script>`),
  );
}

function minifyScripts() {
  for (const name of readdirSync(folder)) {
    if (!/^duelcast-app.*\.js$/.test(name)) continue;
    const file = join(folder, name);
    writeFileSync(
      file,
      transformSync(readFileSync(file, 'utf8'), { minify: true, format: 'esm' }).code,
    );
  }
}

function compressAll() {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    if (entry.isFile() && COMPRESSIBLE.includes(extname(path)))
      writeFileSync(`${path}.br`, compress(readFileSync(path)));
  }
}

function compress(bytes) {
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}

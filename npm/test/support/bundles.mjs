// The bundlers, called like in a project.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { build } from 'vite';
import webpack from 'webpack';

import { CONSUMER } from './consumer.mjs';

/** Stylesheet loader of a project. It is not installed: our package must not need it. */
const OWN_STYLES = { rules: [{ test: /\.css$/, use: 'style-loader' }] };

/**
 * Builds a folder of the project with Vite and its own configuration; returns the path of the page.
 */
export async function buildWithVite(folder) {
  await build({
    root: join(CONSUMER, folder),
    base: './',
    logLevel: 'error',
    build: { emptyOutDir: true },
  });
  return `/${folder}/dist/index.html`;
}

/** Builds the plain page with Vite, without a configuration. */
export async function buildPlainWithVite() {
  const root = await copyOfPlain('plain-vite', 'main.js');
  await build({ root, base: './', configFile: false, logLevel: 'error' });
  return '/plain-vite/dist/index.html';
}

/** Builds the plain page and the elements with webpack, with a configuration of paths only. */
export async function buildPlainWithWebpack() {
  const root = await copyOfPlain('plain-webpack', 'dist/bundle.js');
  const entry = [join(root, 'elements.js'), join(root, 'main.js')];
  await writeFile(entry[0], "import 'duelcast/elements';\n");
  const output = { path: join(root, 'dist'), filename: 'bundle.js', publicPath: 'auto' };
  const stats = await new Promise((resolve, reject) => {
    const settings = {
      mode: 'production',
      context: root,
      entry,
      output,
      module: OWN_STYLES,
      performance: { hints: false },
    };
    webpack(settings, (error, done) => (error ? reject(error) : resolve(done)));
  });
  if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString('errors-warnings'));
  return '/plain-webpack/index.html';
}

/** The plain page without its import map, with another script. */
async function copyOfPlain(folder, script) {
  const root = join(CONSUMER, folder);
  await mkdir(root, { recursive: true });
  const page = await readFile(join(CONSUMER, 'plain/index.html'), 'utf8');
  const bundled = page
    .replace(/<script type="importmap">[^]*?<\/script>/, '')
    .replace('src="main.js"', `src="${script}"`);
  await writeFile(join(root, 'index.html'), bundled);
  await writeFile(join(root, 'main.js'), await readFile(join(CONSUMER, 'plain/main.js')));
  return root;
}

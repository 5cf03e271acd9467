// The types of the installed package, as a strict project sees them: the examples, and what must not compile.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { CONSUMER } from './support/consumer.mjs';
import { world } from './support/world.mjs';

const TSC = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));

const STRICT = {
  compilerOptions: {
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    allowJs: true,
    checkJs: true,
    noEmit: true,
    skipLibCheck: true,
    target: 'ES2022',
    lib: ['ES2022', 'DOM', 'DOM.Iterable'],
    module: 'ESNext',
    moduleResolution: 'bundler',
    jsx: 'react-jsx',
    types: [],
  },
  include: ['plain/*.js', 'react/src', 'vue-scripts', 'types', 'pages/*.js'],
};

test('the examples and what is said of the types hold, strictly', async () => {
  await world();
  await extractVueScripts();
  await writeFile(join(CONSUMER, 'tsconfig.json'), JSON.stringify(STRICT));
  const problems = await new Promise((resolve) => {
    execFile(process.execPath, [TSC, '-p', CONSUMER], (_, stdout) => resolve(stdout));
  });
  assert.equal(problems, '');
});

/** Their scripts are TypeScript; templates are checked by running them. */
async function extractVueScripts() {
  const into = join(CONSUMER, 'vue-scripts');
  await mkdir(into, { recursive: true });
  await writeFile(join(into, 'macros.d.ts'), MACROS);
  for (const name of await readdir(join(CONSUMER, 'vue/src'))) {
    const text = await readFile(join(CONSUMER, 'vue/src', name), 'utf8');
    const script = name.endsWith('.vue') ? /<script setup lang="ts">([^]*?)<\/script>/.exec(text)[1] : text;
    await writeFile(join(into, name.replace('.vue', '.setup.ts')), `${script}\nexport {};\n`);
  }
}

const MACROS = `
declare function defineProps<Props>(): Readonly<Props>;
declare module '*.vue' { const component: import('vue').Component; export default component; }
`;

// The types of the installed package in a strict project: the examples compile, and misuse does
// not.
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
  include: ['plain/*.js', 'react/src', 'vue-scripts', 'types', 'pages/*.js', 'snippets'],
};

const MANUALS = { readme: '../README.md', migration: '../../docs/MIGRATION.md' };

/** The calls of the reference's guide. */
const CALLS = [
  'fetchLiveList',
  'requestHostConnection',
  'acceptHostConnection',
  'rejectHostConnection',
  'exitHostConnection',
  'seatList',
  'requestBattle',
  'acceptBattle',
  'rejectBattle',
  'exitBattle',
  'battleScore',
  'onBattleEnded',
  'onBattlePenaltyStarted',
  'endPenalty',
];

test('the examples, the code in the manuals and the type tests pass the strict compiler', async () => {
  await world();
  await extractVueScripts();
  await extractSnippets();
  await writeFile(join(CONSUMER, 'tsconfig.json'), JSON.stringify(STRICT));
  const problems = await new Promise((resolve) => {
    execFile(process.execPath, [TSC, '-p', CONSUMER], (_, stdout) => resolve(stdout));
  });
  assert.equal(problems, '');
});

/** Only their scripts are TypeScript; templates are checked at run time. */
async function extractVueScripts() {
  const into = join(CONSUMER, 'vue-scripts');
  await mkdir(into, { recursive: true });
  await writeFile(join(into, 'macros.d.ts'), MACROS);
  for (const name of await readdir(join(CONSUMER, 'vue/src'))) {
    const text = await readFile(join(CONSUMER, 'vue/src', name), 'utf8');
    const script = name.endsWith('.vue')
      ? /<script setup lang="ts">([^]*?)<\/script>/.exec(text)[1]
      : text;
    await writeFile(join(into, name.replace('.vue', '.setup.ts')), `${script}\nexport {};\n`);
  }
}

/**
 * The code blocks of the manuals: the first block of each is standalone, the others can use its
 * names.
 */
async function extractSnippets() {
  const into = join(CONSUMER, 'snippets');
  await mkdir(into, { recursive: true });
  for (const [name, path] of Object.entries(MANUALS)) {
    const [first, ...others] = await snippets(path);
    const functions = others.map((code) =>
      `export const _ = async () => {\n${code}\n};`.replace('_', `_${others.indexOf(code)}`),
    );
    await writeFile(join(into, `${name}.ts`), [first, NAMES, ...functions].join('\n'));
  }
}

/** The JavaScript blocks of a manual; `…` becomes an empty block. */
async function snippets(path) {
  const text = await readFile(new URL(path, import.meta.url), 'utf8');
  return [...text.matchAll(/^```js\n([^]*?)^```/gm)].map(([, code]) => code.replaceAll('…', '{}'));
}

test('the migration guide has code for each call of the reference', async () => {
  const code = (await snippets(MANUALS.migration)).join('\n');
  assert.deepEqual(
    CALLS.filter((call) => !code.includes(call)),
    [],
  );
});

test('no example is longer than 200 lines', async () => {
  const examples = fileURLToPath(new URL('../examples', import.meta.url));
  for (const name of ['plain', 'react', 'vue']) {
    const files = (await readdir(join(examples, name), { recursive: true })).filter(
      (file) => !/node_modules|dist/.test(file),
    );
    const sources = files.filter((file) => /\.(html|js|tsx?|vue)$/.test(file));
    const texts = await Promise.all(
      sources.map((file) => readFile(join(examples, name, file), 'utf8')),
    );
    const lines = texts.join('').split('\n').length - 1;
    assert.ok(lines > 50 && lines < 200, `${name}: ${lines} lines`);
  }
});

const NAMES = `
declare const [liveID, targetLiveID, inviteeUserId, battleId]: string[] & [string, string, string, string];
declare const userIds: string[];
declare const invitation: import('duelcast').CoHostInvitation;
declare function fetchTokenFromMyBackEnd(wasRefused?: boolean): Promise<string>;
declare function draw(seats: import('duelcast').SeatInfo[]): void;
declare function show(result: import('duelcast').BattleResult | undefined): void;
`;

const MACROS = `
declare function defineProps<Props>(): Readonly<Props>;
declare module '*.vue' { const component: import('vue').Component; export default component; }
`;

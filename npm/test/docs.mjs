// The API documentation: TypeDoc treats warnings as errors, including undocumented parts of the
// API.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

test('TypeDoc generates the documentation without a warning', async () => {
  const { error, said } = await new Promise((resolve) => {
    execFile('npm', ['run', '--silent', 'docs'], { cwd: ROOT }, (error, stdout, stderr) =>
      resolve({ error, said: stdout + stderr }),
    );
  });
  assert.equal(error, null, said);
  assert.ok(existsSync(`${ROOT}/build/docs/classes/index.BattleStore.html`));
});

test('every event documents its meaning and its receivers', () => {
  const types = readFileSync(`${ROOT}/dist/types.d.ts`, 'utf8');
  const [, events] = /export interface EventMap \{([^]*?)\n\}/.exec(types);
  const names = [...events.matchAll(/^ {4}(on\w+):/gm)].map(([, name]) => name);
  const explained = [...events.matchAll(/\*\/\n {4}(on\w+):/g)].map(([, name]) => name);
  assert.ok(names.length > 30);
  assert.deepEqual(explained, names);
});

test('every method documents its errors, or has only those common to all methods', () => {
  const [heard, silent] = [[], []];
  for (const store of ['barrage', 'battle', 'co-host', 'live', 'seats']) {
    const text = readFileSync(`${ROOT}/src/stores/${store}.ts`, 'utf8');
    for (const [, said, name] of text.matchAll(
      /\/\*\*([^/]*?)\*\/\n  (?:async )?(\w+)\([^]*?\): Promise</g,
    )) {
      heard.push(name);
      if (!said.includes('@throws') && !name.startsWith('fetch') && !name.startsWith('get'))
        silent.push(`${store}: ${name}`);
    }
  }
  assert.ok(heard.length > 40, String(heard));
  assert.deepEqual(silent, []);
});

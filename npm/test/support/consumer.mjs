// A consumer project: the packed package is installed into it, and the examples are copied there.
import { execFile } from 'node:child_process';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Below the package's folder, so that React, Vue and the bundlers are resolved from its
 * node_modules.
 */
export const CONSUMER = join(PACKAGE, 'build/consumer');

/**
 * Packs the package and installs the archive; the project's own node_modules contain nothing else.
 */
export async function installPackage() {
  await rm(CONSUMER, { recursive: true, force: true });
  await mkdir(CONSUMER, { recursive: true });
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', CONSUMER], {
    cwd: PACKAGE,
  });
  const [{ filename }] = Object.values(JSON.parse(stdout));
  await writeFile(
    join(CONSUMER, 'package.json'),
    '{ "name": "consumer", "private": true, "type": "module" }\n',
  );
  const flags = [
    '--no-save',
    '--offline',
    '--no-audit',
    '--no-fund',
    '--silent',
    '--prefix',
    CONSUMER,
  ];
  await run('npm', ['install', ...flags, join(CONSUMER, filename)], { cwd: CONSUMER });
  await cp(join(PACKAGE, 'examples'), CONSUMER, {
    recursive: true,
    filter: (file) => !file.includes('node_modules'),
  });
  await cp(join(PACKAGE, 'test/pages'), join(CONSUMER, 'pages'), { recursive: true });
  await cp(join(PACKAGE, 'test/types'), join(CONSUMER, 'types'), { recursive: true });
  await cp(process.env.DUELCAST_LEPTOS_EXAMPLE, join(CONSUMER, 'leptos'), { recursive: true });
}

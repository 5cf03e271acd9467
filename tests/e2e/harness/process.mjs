// A child process that prints `listening on http://…` when it is ready.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const START_TIMEOUT_MS = 20_000;
const MAX_KEPT_LINES = 200;

/**
 * Starts a program and waits until it listens. Its log is shown only if it fails (or with
 * E2E_LOGS=1).
 */
export async function startProcess(path, args, env) {
  if (!path) throw new Error('start the end-to-end tests with `cargo xtask test --only e2e`');
  const child = spawn(path, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = [];
  const keep = (line) => {
    if (process.env.E2E_LOGS) console.error(line);
    log.push(line);
    if (log.length > MAX_KEPT_LINES) log.shift();
  };
  createInterface({ input: child.stderr }).on('line', keep);
  const url = await listeningUrl(child, keep).catch((error) => {
    child.kill('SIGKILL');
    throw new Error(`${path}: ${error.message}\n${log.join('\n')}`);
  });
  return { url, log, stop: (signal) => stop(child, signal) };
}

function listeningUrl(child, keep) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error('it does not say where it listens')),
      START_TIMEOUT_MS,
    );
    const settle = (how, value) => (clearTimeout(timer), how(value));
    createInterface({ input: child.stdout }).on('line', (line) => {
      keep(line);
      const url = line.match(/listening on (http:\S+)/)?.[1];
      if (url) settle(resolve, url);
    });
    child.on('error', (error) => settle(reject, error));
    child.on('exit', (code, signal) => settle(reject, new Error(`it ended (${code ?? signal})`)));
  });
}

async function stop(child, signal = 'SIGTERM') {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}

// The real server with a data folder and an API key of its own.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { newSecret, signToken } from './token.mjs';
import { startProcess } from './process.mjs';

/**
 * Starts a server on a free port of this machine.
 * @param {{ flags?: string[], env?: Record<string, string>, port?: number, program?: string }} [options]
 */
export async function startServer(options) {
  const server = new Server(options);
  await server.start();
  return server;
}

/** A port that is free now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** The server of a test; not started yet. */
export class Server {
  #flags;
  #env;
  #port;
  #program;
  #data = mkdtempSync(join(tmpdir(), 'duelcast-e2e-'));
  #process;
  apiKey = `e2e:${newSecret()}`;

  constructor({ flags = [], env = {}, port = 0, program = process.env.DUELCAST_SERVER } = {}) {
    this.#program = program;
    this.#flags = flags;
    this.#env = env;
    this.#port = port;
  }

  /** Starts the server; a restart uses the same port and data. */
  async start() {
    const args = [
      'serve',
      '--listen',
      `127.0.0.1:${this.#port}`,
      '--data',
      this.#data,
      ...this.#flags,
    ];
    const env = { DUELCAST_API_KEY: this.apiKey, ...this.#env };
    this.#process = await startProcess(this.#program, args, env);
    this.#port = Number(new URL(this.#process.url).port);
  }

  get url() {
    return `http://127.0.0.1:${this.#port}`;
  }

  get socketUrl() {
    return `ws://127.0.0.1:${this.#port}/v1/ws`;
  }

  /** Stops the server with SIGTERM, like a service manager. */
  async stop() {
    await this.#process?.stop('SIGTERM');
  }

  /** Kills the server with SIGKILL, like a power failure. */
  kill() {
    return this.#process.stop('SIGKILL');
  }

  /** Stops the server and removes its data. */
  async dispose() {
    await this.stop();
    rmSync(this.#data, { recursive: true, force: true });
  }

  /** A token of a user who may start lives. */
  token(userId, name = userId) {
    return signToken(this.apiKey, userId, { name, createLive: true });
  }

  serviceToken() {
    return signToken(this.apiKey, 'e2e-service', { service: true });
  }

  /** Calls the REST API; throws unless the answer is a success. */
  async rest(method, path, body, headers = {}) {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.serviceToken()}`,
        'content-type': 'application/json',
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    const answer = text === '' ? {} : JSON.parse(text);
    if (!response.ok)
      throw Object.assign(new Error(`${method} ${path}: ${response.status} ${text}`), { answer });
    return answer;
  }

  /** Adds to scores: `{ liveId: value, … }`. */
  addScores(battleId, values, { op = 'add', key = randomUUID(), ...rest } = {}) {
    const scores = Object.entries(values).map(([liveId, value]) => ({ liveId, value }));
    return this.rest(
      'POST',
      `/v1/battles/${battleId}/scores`,
      { op, scores, ...rest },
      { 'idempotency-key': key },
    );
  }
}

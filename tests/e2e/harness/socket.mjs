// A user without a page: speaks the protocol directly.
import WebSocket from 'ws';

import { eventually } from './wait.mjs';

const PING_MS = 4_000;

/** Connects and logs in as a user who may start lives. */
export async function connect(server, userId, name = userId) {
  const socket = new Socket(server.socketUrl);
  await socket.opened();
  await socket.call('login', { token: server.token(userId, name) });
  return socket;
}

class Socket {
  #socket;
  #lastId = 0;
  #waiting = new Map();
  #pings;
  /** All events so far, oldest first. */
  events = [];

  constructor(url) {
    this.#socket = new WebSocket(url, 'duelcast.v1');
    this.#socket.on('message', (data) => this.#hear(JSON.parse(data)));
    this.#socket.on('close', (code) => this.#end(new Error(`the socket was closed (${code})`)));
    this.#socket.on('error', (error) => this.#end(error));
  }

  opened() {
    return new Promise((resolve, reject) => {
      this.#socket.once('error', reject);
      this.#socket.once('open', () => {
        this.#pings = setInterval(() => this.call('ping', {}).catch(() => {}), PING_MS);
        resolve();
      });
    });
  }

  /** Calls a method; throws a refusal with the `code` and `name` of the protocol. */
  call(method, params) {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#socket.send(
        JSON.stringify({ jsonrpc: '2.0', id, method, params }),
        (error) => error && reject(error),
      );
    });
  }

  /** The first event of this type, past or future, that `matches`. */
  event(type, matches = () => true) {
    return eventually(type, () =>
      this.events.find((event) => event.type === type && matches(event)),
    );
  }

  close() {
    this.#socket.close(1000);
  }

  /** Closes the connection without a closing handshake. */
  cut() {
    this.#socket.terminate();
  }

  #hear({ id, result, error, method, params }) {
    if (method === 'event') this.events.push(params);
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error)
      waiting?.reject(
        Object.assign(new Error(error.message), { code: error.code, name: error.data?.name }),
      );
    else waiting?.resolve(result);
  }

  #end(error) {
    clearInterval(this.#pings);
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

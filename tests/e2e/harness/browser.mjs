// Chromium: one instance per test file, one context per user.
import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--use-fake-device-for-media-stream',
];
const TIMEOUT_MS = 15_000;
const SOCKET_PATH = '/v1/ws';

/** Starts the browser. */
export async function startBrowser() {
  const browser = new Browser();
  await browser.start();
  return browser;
}

export class Browser {
  #chromium;

  async start() {
    this.#chromium = await chromium.launch({ executablePath: process.env.CHROMIUM, args: FLAGS });
  }

  /**
   * Opens a page as a user. `page.problems` gathers what went wrong in it (uncaught errors and `console.error`),
   * `page.sockets` the sockets to our server. `prepare` gets the page before it goes anywhere.
   * @param {{ viewport?: { width: number, height: number }, reducedMotion?: 'reduce', locale?: string,
   *   hasTouch?: boolean, prepare?: (page: import('playwright-core').Page) => Promise<void> }} [options]
   */
  async open(server, path, userId, { prepare, ...options } = {}) {
    const context = await this.#chromium.newContext({
      viewport: { width: 1280, height: 800 },
      ...options,
    });
    context.setDefaultTimeout(TIMEOUT_MS);
    const page = await context.newPage();
    watch(page);
    await prepare?.(page);
    await page.goto(address(server, path, userId));
    return page;
  }

  async close() {
    await this.#chromium?.close();
  }
}

/** The element with this `data-testid`. */
export function testId(page, id) {
  return page.getByTestId(id);
}

function address(server, path, userId) {
  const url = new URL(path, server.url);
  if (userId) url.searchParams.set('token', server.token(userId));
  return url.href;
}

function watch(page) {
  page.problems = [];
  page.sockets = [];
  page.on('websocket', (socket) => socket.url().endsWith(SOCKET_PATH) && page.sockets.push(socket));
  page.on('pageerror', (error) => page.problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') page.problems.push(message.text());
  });
}

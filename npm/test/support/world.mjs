// The shared fixture of the tests, created on first use.
import { eventually, freePort, startBrowser, startServer } from '../../../tests/e2e/harness.mjs';
import { CONSUMER, installPackage } from './consumer.mjs';
import { serve } from './static.mjs';

let made;
const closers = [];

/** The project with the installed package, a static file server for it, the real server, and a browser. */
export function world() {
  made ??= make();
  return made;
}

async function make() {
  await installPackage();
  const files = await serve(CONSUMER);
  closers.push(() => files.close());
  const devPort = await freePort();
  const origins = [files.url, `http://127.0.0.1:${devPort}`].flatMap((origin) => [
    '--allowed-origin',
    origin,
  ]);
  const server = await startServer({ flags: origins });
  closers.push(() => server.dispose());
  const browser = await startBrowser();
  closers.push(() => browser.close());
  /**
   * Opens a page of the project as a user; from the static file server, unless another origin is
   * given.
   */
  const open = (path, user, host = files, options = {}) => {
    const { pathname, searchParams } = new URL(path, host.url);
    for (const [name, value] of Object.entries({
      server: server.url,
      token: server.token(user),
      name: user,
    })) {
      searchParams.set(name, value);
    }
    return browser.open(host, `${pathname}?${searchParams}`, undefined, options);
  };
  return { files, server, devPort, open };
}

export async function closeWorld() {
  for (const close of closers.reverse()) await close();
}

/** Waits until the text of an element matches. */
export function shows(page, selector, pattern, timeoutMs) {
  const look = async () =>
    pattern.test((await page.locator(selector).textContent({ timeout: 1_000 })) ?? '');
  return eventually(`${selector} to show ${pattern}`, look, timeoutMs);
}

/** The open sockets of a page. */
export function openSockets(page) {
  return page.sockets.filter((socket) => !socket.isClosed());
}

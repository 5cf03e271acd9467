// A server, a browser, and the people of a test.
import { startBrowser } from './browser.mjs';
import { Room } from './room.mjs';
import { startServer } from './server.mjs';

/** Starts a server without demo streamers, and a browser. */
export async function startCast(options = {}) {
  const [server, browser] = await Promise.all([startServer(options), startBrowser()]);
  return new Cast(server, browser);
}

class Cast {
  constructor(server, browser) {
    this.server = server;
    this.browser = browser;
  }

  /** Opens the lobby as this user and starts a live there. */
  async host(userId, options) {
    const page = await this.browser.open(this.server, '/', userId, options);
    const room = new Room(page, userId, undefined);
    await room.press('start-live');
    await room.get('start-title').fill(`${userId} is live`);
    await room.press('start-confirm');
    await room.sees('room', '[data-role="owner"]');
    room.liveId = await room.attribute('room', 'data-live-id');
    return room;
  }

  hosts(...userIds) {
    return Promise.all(userIds.map((userId) => this.host(userId)));
  }

  /** Opens a live as this user: the owner again, or somebody who watches. */
  async visit(userId, liveId, options) {
    const page = await this.browser.open(this.server, `/live/${liveId}`, userId, options);
    const room = new Room(page, userId, liveId);
    await room.sees('room');
    return room;
  }

  /** Ends a page without a word, as a crash does. */
  crash(room) {
    return room.page.context().close();
  }

  async dispose() {
    await this.browser.close();
    await this.server.dispose();
  }
}

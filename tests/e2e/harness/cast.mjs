// A server, a browser, and the users of a test.
import { after, before } from 'node:test';

import { Browser } from './browser.mjs';
import { Room } from './room.mjs';
import { Server } from './server.mjs';

/**
 * A server without demo streamers and a browser, for the tests of a file: they start before the first and end after the
 * last one.
 * @param {{ flags?: string[], env?: Record<string, string> }} [options] of the server
 * @param {() => Promise<void>} [prepare] what else is done before the first test
 */
export function useCast(options, prepare) {
  const cast = new Cast(options);
  before(async () => {
    await cast.start();
    await prepare?.();
  });
  after(() => cast.dispose());
  return cast;
}

class Cast {
  constructor(options) {
    this.server = new Server(options);
    this.browser = new Browser();
  }

  async start() {
    await Promise.all([this.server.start(), this.browser.start()]);
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

  /** Opens a live as this user: as the owner, or as a viewer. */
  async visit(userId, liveId, options) {
    const page = await this.browser.open(this.server, `/live/${liveId}`, userId, options);
    const room = new Room(page, userId, liveId);
    await room.sees('room');
    return room;
  }

  /** Closes a page like a crash: without a leave or a logout. */
  crash(room) {
    return room.page.context().close();
  }

  async dispose() {
    await this.browser.close();
    await this.server.dispose();
  }
}

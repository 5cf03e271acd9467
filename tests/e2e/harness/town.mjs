// Lives with simulated users, for viewer pages: always the same names on the same seats.
import { randomUUID } from 'node:crypto';

import { connect } from './socket.mjs';

const STREAMERS = ['Mira', 'Tomás', 'Aiko', 'Sunny', 'Noor', 'Lena', 'Kofi', 'Ines', 'Ravi'];
const GUESTS = [
  'Ana Lima',
  'Bo',
  'Chloé',
  'Dmitri',
  'Esra',
  'Femi',
  'Gita',
  'Hugo',
  'Iris',
  'Jun',
  'Kaya',
  'Leo',
];
const GRID = 600;

/**
 * Starts the lives of `Mira`, `Tomás` and so on: the owner on seat 0, `seated` users per live in
 * total.
 */
export async function startTown(server, { lives = 1, seats = 8, seated = 4 } = {}) {
  const houses = [];
  for (const [i, name] of STREAMERS.slice(0, lives).entries())
    houses.push(await openLive(server, i, name, seats, seated));
  return new Town(server, houses);
}

async function openLive(server, number, name, seats, seated) {
  const liveId = `town-${number}`;
  const owner = await connect(server, `${liveId}-owner`, name);
  await owner.call('createLive', { liveId, liveName: `${name}’s room`, maxSeatCount: seats });
  const guests = [];
  for (let seat = 1; seat < Math.min(seated, seats); seat += 1) {
    const guest = await connect(
      server,
      `${liveId}-guest-${seat}`,
      GUESTS[(number * 3 + seat) % GUESTS.length],
    );
    await guest.call('joinLive', { liveId });
    await guest.call('takeSeat', { liveId, index: seat });
    guests.push(guest);
  }
  return { liveId, owner, guests };
}

class Town {
  constructor(server, houses) {
    this.server = server;
    this.houses = houses;
  }

  get liveIds() {
    return this.houses.map(({ liveId }) => liveId);
  }

  /** Connects all lives; the first one invites. */
  async connect(layoutTemplate = GRID) {
    const [first, ...others] = this.houses;
    const targetHosts = others.map(({ liveId }) => liveId);
    await first.owner.call('requestHostConnection', {
      liveId: first.liveId,
      targetHosts,
      layoutTemplate,
    });
    for (const { liveId, owner } of others) {
      await owner.call('acceptHostConnection', { liveId, fromHostLiveId: first.liveId });
    }
  }

  /** Starts a battle of all lives; returns its id. */
  async fight({ seconds = 300, penaltySeconds = 0, settleSeconds = 0 } = {}) {
    const [durationMs, penaltyMs, settleMs] = [seconds, penaltySeconds, settleSeconds].map(
      (span) => span * 1_000,
    );
    const config = { durationMs, needResponse: false, penaltyMs, settleMs };
    const body = { liveIds: this.liveIds, config };
    const { battleId } = await this.server.rest('POST', '/v1/battles', body, {
      'idempotency-key': randomUUID(),
    });
    return battleId;
  }

  /** Ends all lives, so that their ids can be used again. */
  async end() {
    for (const { liveId } of this.houses) await this.server.rest('DELETE', `/v1/lives/${liveId}`);
    this.close();
  }

  close() {
    for (const { owner, guests } of this.houses)
      [owner, ...guests].forEach((socket) => socket.close());
  }
}

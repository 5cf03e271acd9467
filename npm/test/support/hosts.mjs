// Streamers without a page, and viewers with one.
import { connect } from '../../../tests/e2e/harness.mjs';
import { world } from './world.mjs';

/** Starts a live whose id is the streamer's user id. */
export async function startLive(userId) {
  const { server } = await world();
  const socket = await connect(server, userId);
  await socket.call('createLive', { liveId: userId, liveName: `${userId} is live` });
  return socket;
}

/** Starts two lives in a battle; returns both sockets and the battle. */
export async function startBattle(first, second) {
  const [a, b] = await Promise.all([startLive(first), startLive(second)]);
  await a.call('requestHostConnection', {
    liveId: first,
    targetHosts: [second],
    layoutTemplate: 1,
    timeoutMs: 30_000,
    extraInfo: '',
  });
  await b.call('acceptHostConnection', { liveId: second, fromHostLiveId: first });
  const config = { durationMs: 600_000, needResponse: false };
  const { battleInfo } = await a.call('requestBattle', {
    liveId: first,
    userIdList: [second],
    config,
    timeoutMs: 30_000,
  });
  return { sockets: [a, b], battleId: battleInfo.battleId };
}

/** Inserts one or more elements into the page for elements. */
export function put(page, html, into = 'here') {
  return page.evaluate(
    ([html, into]) => void document.getElementById(into).insertAdjacentHTML('beforeend', html),
    [html, into],
  );
}

/** The page for elements, once it is online. */
export async function openElementsPage(user, flags = '', options = {}) {
  const { files, open } = await world();
  const page = await open(`/pages/elements.html?${flags}`, user, files, options);
  await page.waitForFunction(() => globalThis.duelcast?.getConnection().status === 'online');
  return page;
}

/** The page's requests to the server, by method. */
export function methodsSent(page) {
  const sent = [];
  for (const socket of page.sockets) {
    socket.on('framesent', ({ payload }) => sent.push(JSON.parse(payload)));
  }
  return (method) => sent.filter((frame) => frame.method === method).map((frame) => frame.params);
}

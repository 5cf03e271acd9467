// Transient states and error states of the page, one after the other.
import { score, still } from './scenes.mjs';
import { connect } from './socket.mjs';
import { startTown } from './town.mjs';

const SIX_VERSUS_SIX = 1;
const BACK_MS = 30_000;

/**
 * Steps through the states; calls `shoot(page, name)` on each. At the end the server stops and
 * restarts.
 */
export async function eachState(server, open, shoot) {
  await moments(server, open, shoot);
  await outcomes(server, open, shoot);
  await people(server, open, shoot);
  await microphone(server, open, shoot);
  await goodbyes(server, open, shoot);
  await outage(server, open, shoot);
}

/** Runs in the page: pins elements that would have moved away by now. */
function standStill(selector) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`${selector} { animation: none !important; opacity: 1 !important; }`);
  document.adoptedStyleSheets.push(sheet);
}

async function duel(server, options, act) {
  const town = await startTown(server, { lives: 2, seats: 6, seated: 5 });
  await town.connect(SIX_VERSUS_SIX);
  await act(town, async () => town.fight(options));
  await town.end();
}

async function moments(server, open, shoot) {
  await duel(server, { seconds: 10, settleSeconds: 60 }, async (town, fight) => {
    const [first, second] = await Promise.all(
      town.liveIds.map((liveId, i) => open(`/live/${liveId}`, `guest-k${i}`)),
    );
    await first.getByTestId('room').waitFor();
    await score(server, town, await fight());
    await still(first, '.pk-intro');
    await first.evaluate(standStill, '.pk-intro, .pk-intro *');
    await shoot(first, 'battle-intro');
    await still(second, '[data-testid="pk-layer"][data-phase="settling"]', BACK_MS);
    await shoot(second, 'battle-settling');
    await Promise.all([first, second].map((page) => page.context().close()));
  });
}

async function outcomes(server, open, shoot) {
  await duel(server, {}, async (town, fight) => {
    const page = await open(`/live/${town.liveIds[0]}`, 'guest-l');
    await page.getByTestId('room').waitFor();
    const battleId = await fight();
    await server.addScores(
      battleId,
      Object.fromEntries(town.liveIds.map((liveId) => [liveId, 4_200])),
    );
    await server.rest('POST', `/v1/battles/${battleId}/end`);
    await shoot(await still(page, '[data-outcome="draw"]'), 'result-draw');
    await page.context().close();
  });
  await duel(server, {}, async (town, fight) => {
    const page = await open(`/live/${town.liveIds[0]}`, 'guest-m');
    await page.getByTestId('room').waitFor();
    const battleId = await fight();
    await score(server, town, battleId);
    const [house] = town.houses;
    await house.owner.call('exitBattle', { liveId: house.liveId, battleId });
    await server.rest('POST', `/v1/battles/${battleId}/end`).catch(() => {});
    await shoot(await still(page, '[data-outcome="exited"]'), 'result-forfeit');
    await page.context().close();
  });
}

async function people(server, open, shoot) {
  const town = await startTown(server, { lives: 1, seats: 8, seated: 5 });
  const [house] = town.houses;
  const writer = await connect(server, 'guest-n', 'Bo');
  await writer.call('joinLive', { liveId: house.liveId });
  await writer.call('sendTextMessage', { liveId: house.liveId, text: 'Good evening from Lisbon' });
  const owner = await open(`/live/${house.liveId}`, `${house.liveId}-owner`);
  await owner.getByTestId('chat-item').first().getByRole('button').click();
  await owner.getByTestId('profile').waitFor();
  await shoot(owner, 'profile-sheet');
  await owner.keyboard.press('Escape');
  await owner.locator('[data-testid="seat"][data-index="2"]').click();
  await owner.getByTestId('seat-kick').waitFor();
  await shoot(owner, 'seat-sheet');
  await owner.keyboard.press('Escape');
  await owner.getByTestId('close-room').click();
  await owner.getByTestId('end-live').waitFor();
  await shoot(owner, 'leave-sheet');
  await owner.keyboard.press('Escape');
  const elsewhere = await connect(server, `${house.liveId}-owner`, 'Mira');
  await owner.getByTestId('take-over').waitFor();
  await shoot(owner, 'take-over');
  await owner.context().close();
  [writer, elsewhere].forEach((socket) => socket.close());
  await town.end();
}

async function microphone(server, open, shoot) {
  const page = await open('/', 'guest-o');
  await page.getByTestId('start-live').click();
  await page.getByTestId('mic-check-start').click();
  await page.getByTestId('mic-check').getByRole('status').waitFor();
  await shoot(page, 'no-microphone');
  await page.context().close();

  const town = await startTown(server, { lives: 1, seats: 8, seated: 3 });
  const seated = await open(`/live/${town.liveIds[0]}`, 'guest-p');
  await seated.locator('[data-testid="seat"][data-index="5"]').click();
  await seated.getByTestId('seat-take').click();
  await shoot(await still(seated, '[data-testid="toast"]'), 'no-microphone-on-seat');
  await seated.context().close();
  await town.end();
}

async function goodbyes(server, open, shoot) {
  const town = await startTown(server, { lives: 1, seats: 8, seated: 3 });
  const [house] = town.houses;
  const [kicked, banned, outlaw] = await Promise.all(
    ['guest-q', 'guest-r', 'guest-s'].map((userId) => open(`/live/${house.liveId}`, userId)),
  );
  await Promise.all([kicked, banned, outlaw].map((page) => page.getByTestId('room').waitFor()));
  await house.owner.call('kickUserOutOfRoom', { liveId: house.liveId, userId: 'guest-q' });
  await kicked.getByTestId('room-kicked').waitFor();
  await shoot(kicked, 'kicked');
  await house.owner.call('banUser', { liveId: house.liveId, userId: 'guest-r' });
  await banned.getByTestId('room-kicked').waitFor();
  await shoot(banned, 'banned');
  await banned.reload();
  await banned.getByTestId('room-failed').waitFor();
  await shoot(banned, 'banned-comes-back');
  await server.rest('PUT', '/v1/bans/guest-s', {});
  await outlaw.getByTestId('room-failed').waitFor();
  await shoot(outlaw, 'banned-from-server');
  await outlaw.goto(server.url);
  await outlaw.getByTestId('status-banner').waitFor();
  await shoot(outlaw, 'banned-from-server-lobby');
  await Promise.all([kicked, banned, outlaw].map((page) => page.context().close()));
  await town.end();
}

async function outage(server, open, shoot) {
  const owner = await connect(server, 'outage-owner', 'Mira');
  await owner.call('createLive', { liveId: 'outage', liveName: 'Mira’s room' });
  const [room, gone, lobby, later] = await Promise.all([
    open('/live/outage', 'guest-t'),
    open('/live/outage', 'guest-u'),
    open('/', 'guest-v'),
    open('/', 'guest-w'),
  ]);
  await Promise.all([room, gone].map((page) => page.getByTestId('room').waitFor()));
  await Promise.all([lobby, later].map((page) => page.getByTestId('live-card').first().waitFor()));
  await later.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await server.kill();
  await shoot(await still(room, '[data-testid="status-banner"]'), 'reconnecting');
  await gone.getByTestId('reconnect').waitFor({ timeout: BACK_MS });
  await shoot(gone, 'server-gone');
  await lobby.getByTestId('reconnect').waitFor({ timeout: BACK_MS });
  await shoot(lobby, 'server-gone-lobby');
  await later.reload();
  await later.getByTestId('offline').waitFor();
  await shoot(later, 'offline');
  await Promise.all([room, gone, lobby, later].map((page) => page.context().close()));
  await server.start();
}

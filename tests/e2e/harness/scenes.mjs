// The screens of Duelcast, one after the other, frozen and with the same users and numbers in every
// run.
import { connect } from './socket.mjs';
import { startTown } from './town.mjs';

const RESULT_MS = 25_000;
const SIX_VERSUS_SIX = 1;
const GRID = 600;
const SCORES = [48_210, 36_940, 21_500, 12_800, 9_999, 7_420, 5_100, 980, 64];
const LINES = [
  'Good evening from Lisbon',
  'who is singing next?',
  'That chorus gave me goosebumps',
  'Level it, level it!',
];

/** Elements with time-dependent content, which are not compared. */
export const OF_THE_MOMENT = ['[data-testid="pk-clock"]', '[data-testid="viewer-count"]'];

/**
 * Steps through the screens of a server without demo streamers; calls `shoot(page, name)` on each.
 */
export async function eachScene(server, open, shoot) {
  await lobby(open, shoot);
  await oneRoom(server, open, shoot);
  await duel(server, open, shoot);
  await several(server, open, shoot, 3);
  await several(server, open, shoot, 9);
  await farewells(server, open, shoot);
}

async function lobby(open, shoot) {
  const page = await open('/', 'guest-a');
  await page.getByTestId('lobby-empty').waitFor();
  await shoot(page, 'lobby-empty');
  await page.getByTestId('start-live').click();
  await page.getByTestId('start-title').waitFor();
  await shoot(page, 'start-sheet');
  await page.context().close();
}

async function oneRoom(server, open, shoot) {
  const town = await startTown(server, { lives: 3, seats: 8, seated: 5 });
  const [house] = town.houses;
  for (const [i, text] of LINES.entries()) {
    await house.guests[i % house.guests.length].call('sendTextMessage', {
      liveId: house.liveId,
      text,
    });
  }
  await house.guests[0].call('sendGift', { liveId: house.liveId, giftId: 'rose', count: 3 });
  await house.guests[1].call('muteMicrophone', { liveId: house.liveId });
  await house.owner.call('lockSeat', { liveId: house.liveId, index: 7 });

  const list = await open('/', 'guest-b');
  await list.getByTestId('live-card').nth(2).waitFor();
  await shoot(list, 'lobby');
  await list.context().close();

  const viewer = await open(`/live/${house.liveId}`, 'guest-c');
  await viewer.getByTestId('chat-item').nth(LINES.length).waitFor();
  await shoot(viewer, 'room');
  await viewer.getByTestId('gift-open').click();
  await viewer.getByTestId('gift-item').first().waitFor();
  await shoot(viewer, 'gift-sheet');
  await viewer.keyboard.press('Escape');
  await viewer.getByTestId('audience-open').click();
  await viewer.getByTestId('audience-count').waitFor();
  await shoot(viewer, 'audience-sheet');
  await viewer.context().close();

  await banSome(server, house);

  const owner = await open(`/live/${house.liveId}`, `${house.liveId}-owner`);
  await owner.getByTestId('cohost-open').waitFor();
  await shoot(owner, 'room-owner');
  await owner.getByTestId('cohost-open').click();
  await owner.getByTestId('candidate').nth(1).waitFor();
  await shoot(owner, 'cohost-panel');
  await owner.keyboard.press('Escape');
  const [, other] = town.houses;
  await other.owner.call('requestHostConnection', {
    liveId: other.liveId,
    targetHosts: [house.liveId],
  });
  await owner.getByTestId('incoming').waitFor();
  await shoot(owner, 'invitation', ['[data-testid="incoming"] .countdown']);
  await owner.context().close();

  const admin = await open(`/live/${house.liveId}`, `${house.liveId}-owner`);
  await admin.getByTestId('audience-open').click();
  await admin.getByTestId('bans-open').click();
  await admin.getByTestId('ban').nth(1).waitFor();
  await shoot(admin, 'bans-sheet');
  await admin.context().close();
  await town.end();
}

/** Must run before the owner's page opens, which takes over the owner's session. */
async function banSome(server, { liveId, owner }) {
  for (const [userId, name] of Object.entries({ grim: 'Grim', spam: 'Free coins' })) {
    const guest = await connect(server, userId, name);
    await guest.call('joinLive', { liveId });
    await guest.call('takeSeat', { liveId, index: 5 });
    await owner.call('banUser', { liveId, userId });
    guest.close();
  }
}

async function duel(server, open, shoot) {
  const town = await startTown(server, { lives: 2, seats: 6, seated: 5 });
  await town.connect(SIX_VERSUS_SIX);
  await town.fight({ seconds: 3_600 }).then((battleId) => score(server, town, battleId));
  const viewer = await open(`/live/${town.liveIds[0]}`, 'guest-d');
  await settled(viewer);
  await shoot(viewer, 'battle-duel');
  const overlay = await open(`/overlay/${town.liveIds[0]}`, 'guest-e');
  await settled(overlay);
  await shoot(overlay, 'overlay');
  await overlay.context().close();
  await viewer.context().close();
  await town.end();

  const short = await startTown(server, { lives: 2, seats: 6, seated: 5 });
  await short.connect(SIX_VERSUS_SIX);
  const pages = await Promise.all(
    short.liveIds.map((liveId, i) => open(`/live/${liveId}`, `guest-f${i}`)),
  );
  await short
    .fight({ seconds: 10, penaltySeconds: 60 })
    .then((battleId) => score(server, short, battleId));
  await shoot(await still(pages[0], '.pk-clock.urgent'), 'battle-urgent', [], { isPassing: true });
  await Promise.all(pages.map((page) => still(page, '[data-testid="pk-result"]', RESULT_MS)));
  await shoot(pages[0], 'result-won');
  await shoot(pages[1], 'result-lost');
  const late = await open(`/live/${short.liveIds[1]}`, 'guest-g');
  await late.getByTestId('pk-penalty').waitFor();
  await late.getByTestId('pk-result').waitFor({ state: 'detached' });
  await shoot(late, 'penalty');
  await Promise.all([...pages, late].map((page) => page.context().close()));
  await short.end();
}

async function several(server, open, shoot, lives) {
  const town = await startTown(server, { lives, seats: 8, seated: 6 });
  await town.connect(GRID);
  await town.fight({ seconds: 3_600 }).then((battleId) => score(server, town, battleId));
  const viewer = await open(`/live/${town.liveIds[0]}`, `guest-h${lives}`);
  await settled(viewer);
  await shoot(viewer, `battle-${lives}-rooms`);
  await viewer.context().close();
  await town.end();
  if (lives !== 3) return;

  const short = await startTown(server, { lives, seats: 8, seated: 6 });
  await short.connect(GRID);
  const page = await open(`/live/${short.liveIds[0]}`, 'guest-i');
  await short.fight({ seconds: 10 }).then((battleId) => score(server, short, battleId));
  await still(page, '[data-testid="pk-result"]', RESULT_MS);
  await shoot(page, 'result-podium');
  await page.context().close();
  await short.end();
}

async function farewells(server, open, shoot) {
  const owner = await connect(server, 'farewell-owner', 'Mira');
  await owner.call('createLive', { liveId: 'farewell', liveName: 'Last song' });
  const other = await connect(server, 'encore-owner', 'Tomás');
  await other.call('createLive', { liveId: 'encore', liveName: 'Guitar after midnight' });
  const page = await open('/live/farewell', 'guest-j');
  await page.getByTestId('welcome').waitFor();
  await shoot(page, 'room-quiet');
  await owner.call('endLive', { liveId: 'farewell' });
  await page.getByTestId('other-lives').waitFor();
  await shoot(page, 'ended', ['[data-testid="room-ended"] dd']);
  await page.goto(`${server.url}/live/nowhere`);
  await page.getByTestId('room-failed').waitFor();
  await shoot(page, 'not-found');
  await page.context().close();
  owner.close();
  other.close();
}

/** Sets the standard score of every side. */
export async function score(server, town, battleId) {
  await server.addScores(
    battleId,
    Object.fromEntries(town.liveIds.map((liveId, i) => [liveId, SCORES[i]])),
  );
}

/** Waits until the battle runs, its intro is over and its scores are shown. */
async function settled(page) {
  await page.locator(`[data-testid="pk-score"][data-score="${SCORES[0]}"]`).waitFor();
  await page.locator('.pk-intro').waitFor({ state: 'detached' });
}

/** Freezes the page's time when the element appears, because it would disappear. */
export async function still(page, selector, timeout = undefined) {
  await page.locator(selector).first().waitFor({ timeout });
  await page.evaluate(() => {
    const last = setTimeout(() => {}, 0);
    for (let id = 1; id <= last; id += 1) clearInterval(id);
  });
  return page;
}

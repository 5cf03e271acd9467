// The page under measurement: a battle of several full lives, with score updates at a constant
// rate.
import { startTown } from '../harness.mjs';

/** High enough that numbers rarely gain a digit. */
const FIRST_SCORE = 20_000;

/** Full lives, connected and in a battle; the first live has a small lead. */
export async function startBattle(server, { rooms, seats }) {
  const town = await startTown(server, { lives: rooms, seats, seated: seats });
  await town.connect();
  const battleId = await town.fight({ seconds: 3_600 });
  await server.addScores(
    battleId,
    Object.fromEntries(town.liveIds.map((liveId, i) => [liveId, FIRST_SCORE + i])),
  );
  return { server, town, battleId, liveIds: town.liveIds };
}

/** Opens the first live as a viewer, and waits until the battle is drawn and its intro is over. */
export async function openBattle(browser, battle, viewport, prepare) {
  const { server, liveIds } = battle;
  const page = await openBlank(browser, server, viewport);
  await prepare?.(page);
  await page.goto(address(server, `/live/${liveIds[0]}`, 'bench-viewer'));
  await page.locator('[data-testid="pk-layer"][data-phase="running"]').waitFor();
  await page.locator('.pk-intro').waitFor({ state: 'detached' });
  await page
    .locator(`[data-testid="pk-score"][data-live-id="${liveIds[0]}"]:not([data-score="0"])`)
    .waitFor();
  return page;
}

/** A page of the server's origin with empty caches, which has loaded nothing of the client. */
export function openBlank(browser, server, viewport) {
  return browser.open(server, '/healthz', undefined, { viewport });
}

/** The address of a page for a user. */
export function address(server, path, userId) {
  const url = new URL(path, server.url);
  url.searchParams.set('token', server.token(userId));
  return url.href;
}

/** Score updates at the rate, each for another live, of sizes that change digits and ranks. */
export async function pushScores({ server, battleId, liveIds }, { rate, seconds }) {
  const start = Date.now();
  const answers = [];
  for (let i = 0; i < rate * seconds; i += 1) {
    await wait(start + (i * 1_000) / rate - Date.now());
    answers.push(
      server.addScores(battleId, { [liveIds[(i * 4) % liveIds.length]]: 1 + ((i * 7_919) % 997) }),
    );
  }
  await Promise.all(answers);
}

export function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}

// A thousand score updates, one after the other as fast as the page takes them.
import { openBattle } from '../battle.mjs';
import { install } from '../probe.mjs';
import { median } from '../statistics.mjs';
import { record } from '../trace.mjs';

const UPDATES = 1_000;
const BURSTS = 5;

export async function burst({ browser, battle, viewport }) {
  const page = await openBattle(browser, battle, viewport, install);
  // The first one is what the others repeat, with other numbers.
  const { server, battleId, liveIds } = battle;
  await server.addScores(battleId, { [liveIds[0]]: 1 });
  await page.waitForFunction(() => globalThis.probe.scores);
  const [asTasks, atOnce] = [[], []];
  for (let round = 0; round < BURSTS; round += 1) {
    asTasks.push(
      await record(page, () => page.evaluate(receive, { updates: UPDATES, isAtOnce: false })),
    );
    atOnce.push(
      await record(page, () => page.evaluate(receive, { updates: UPDATES, isAtOnce: true })),
    );
  }
  await page.context().close();
  const middle = (rounds, of) => median(rounds.map(of));
  return {
    '1,000 scores, a task each, scripting (ms)': middle(asTasks, ({ total }) => total.script),
    '1,000 scores, a task each, until drawn (ms)': middle(asTasks, ({ value }) => value),
    '1,000 scores in one frame, scripting (ms)': middle(atOnce, ({ total }) => total.script),
    '1,000 scores in one frame, until drawn (ms)': middle(atOnce, ({ value }) => value),
  };
}

/** Runs in the page: gives the client score updates; answers the milliseconds until the last one is drawn. */
async function receive({ updates, isAtOnce }) {
  const { probe } = globalThis;
  const { battleScore } = probe.scores;
  const start = performance.now();
  for (let i = 0; i < updates; i += 1) {
    probe.scores.rev += 1;
    battleScore.scoreRev += 1;
    battleScore.scores[(i * 4) % battleScore.scores.length].score += 1 + ((i * 7_919) % 97);
    probe.receive('volatile', probe.scores);
    if (!isAtOnce) await probe.nextTask();
  }
  const [{ liveId, score }] = battleScore.scores;
  const last = `[data-testid="pk-score"][data-live-id="${liveId}"][data-score="${score}"]`;
  while (!document.querySelector(last)) await probe.nextFrame();
  return performance.now() - start;
}

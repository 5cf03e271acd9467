// What a frame costs while the scores of a battle move, as in `bench frames`.
import { openBattle, pushScores } from '../battle.mjs';
import { spread } from '../statistics.mjs';
import { record } from '../trace.mjs';

export async function frames({ browser, battle, viewport, options }) {
  const page = await openBattle(browser, battle, viewport);
  const { frames, total, elapsed } = await record(page, () => pushScores(battle, options));
  await page.context().close();
  const scripting = spread(frames.map(({ script }) => script));
  const work = spread(frames.map(({ script, style, layout }) => script + style + layout));
  return {
    'frame, scripting, median (ms)': scripting.median,
    'frame, scripting, p95 (ms)': scripting.p95,
    'frame, scripting + style + layout, median (ms)': work.median,
    'frame, scripting + style + layout, p95 (ms)': work.p95,
    'scripting in a second of updates (ms)': total.script / elapsed,
  };
}

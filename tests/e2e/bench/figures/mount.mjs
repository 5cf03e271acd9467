// What it takes until the page of nine rooms is drawn: loaded for the first time, loaded again, and come to from the lobby.
import { address, openBlank } from '../battle.mjs';
import { install } from '../probe.mjs';
import { median } from '../statistics.mjs';
import { record } from '../trace.mjs';

const VISITS = 3;

export async function mount({ browser, battle, viewport }) {
  const visits = { 'first load': [], 'load with a warm cache': [], 'from the lobby': [] };
  for (let visit = 0; visit < VISITS; visit += 1) {
    const first = await openProbed(browser, battle, viewport);
    visits['first load'].push(await load(first, battle));
    visits['load with a warm cache'].push(await load(first, battle));
    await first.context().close();
    const second = await openProbed(browser, battle, viewport);
    visits['from the lobby'].push(await enter(second, battle));
    await second.context().close();
  }
  return Object.assign(
    {},
    ...Object.entries(visits).map(([name, records]) => summary(name, records)),
  );
}

function summary(name, records) {
  const middle = (of) => median(records.map(of));
  return {
    [`mount, ${name}, scripting (ms)`]: middle(({ total }) => total.script),
    [`mount, ${name}, scripting + style + layout (ms)`]: middle(
      ({ total }) => total.script + total.style + total.layout,
    ),
    [`mount, ${name}, until drawn (ms)`]: middle(({ value }) => value),
  };
}

async function openProbed(browser, { server }, viewport) {
  const page = await openBlank(browser, server, viewport);
  await install(page);
  return page;
}

function load(page, { server, liveIds }) {
  return record(page, async () => {
    await page.goto(address(server, `/live/${liveIds[0]}`, 'bench-viewer'), {
      waitUntil: 'commit',
    });
    return page.evaluate(() => globalThis.probe.drawn());
  });
}

async function enter(page, { server, liveIds }) {
  await page.goto(address(server, '/', 'bench-viewer'));
  const card = page.locator(`[data-testid="live-card"][data-live-id="${liveIds[0]}"]`);
  await card.waitFor();
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  return record(page, () =>
    card.evaluate((link) => {
      const start = performance.now();
      link.click();
      return globalThis.probe.drawn(start);
    }),
  );
}

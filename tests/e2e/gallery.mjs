// Saves a screenshot of every screen and state at several widths and in several themes, for visual
// review:
//   node gallery.mjs FOLDER [WORD …]     only the screens whose name contains one of the words
//   LOCALE=ar node gallery.mjs FOLDER    in another language
// DUELCAST_SERVER and CHROMIUM name the programs, as `cargo xtask test --only e2e` does.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { eachScene, eachState, startBrowser, startServer } from './harness.mjs';

const WIDTHS = [320, 390, 768, 1440];
const HEIGHTS = { 320: 640, 390: 844, 768: 1024, 1440: 900 };
const LOOKS = [
  { name: 'dark', widths: WIDTHS, media: { colorScheme: 'dark' } },
  { name: 'light', widths: [390, 1440], media: { colorScheme: 'light' } },
  { name: 'contrast', widths: [390], media: { colorScheme: 'dark', contrast: 'more' } },
  { name: 'contrast-light', widths: [390], media: { colorScheme: 'light', contrast: 'more' } },
  { name: 'large-text', widths: [320, 390], media: { colorScheme: 'dark' }, textSize: '200%' },
];
const PLAIN = { colorScheme: null, contrast: null };
const locale = process.env.LOCALE ?? 'en-GB';

const [folder, ...words] = process.argv.slice(2);
if (!folder) throw new Error('where to? node gallery.mjs FOLDER [WORD …]');
mkdirSync(folder, { recursive: true });

const [server, browser] = await Promise.all([startServer(), startBrowser()]);
const open = (path, userId) =>
  browser.open(server, path, userId, { reducedMotion: 'reduce', locale });
try {
  await eachScene(server, open, shoot);
  await eachState(server, open, shoot);
} finally {
  await browser.close();
  await server.dispose();
}

async function shoot(page, name) {
  if (words.length > 0 && !words.some((word) => name.includes(word))) return;
  const before = page.viewportSize();
  for (const { name: look, widths, media, textSize = '' } of LOOKS) {
    await page.emulateMedia({ ...PLAIN, ...media });
    await page.evaluate(({ textSize }) => (document.documentElement.style.fontSize = textSize), {
      textSize,
    });
    for (const width of widths) {
      await page.setViewportSize({ width, height: HEIGHTS[width] });
      await page.screenshot({
        path: join(folder, `${name}-${width}-${look}.png`),
        animations: 'disabled',
      });
    }
  }
  await page.evaluate(() => (document.documentElement.style.fontSize = ''));
  await page.emulateMedia(PLAIN);
  await page.setViewportSize(before);
  console.log(name);
}

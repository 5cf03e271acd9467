// Records the pictures of the README from the real app, with simulated users:
//   node film.mjs FOLDER
// writes screenshot.png (the lobby, a live and a battle) and battle.webp (a battle from intro to
// result).
// DUELCAST_SERVER and CHROMIUM name the programs; `img2webp` (Debian's package webp) puts the frames together, and fonts with emoji and
// Chinese letters (fonts-noto-color-emoji, fonts-noto-cjk) should be there.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { connect, startBrowser, startServer } from './harness.mjs';

const PHONE = { width: 390, height: 844 };
const HOUSES = [
  ['mira', 'Mira', 'Night owls', ['Ivo', '美咲', 'Bo', 'Chloé']],
  ['tomas', 'Tomás', 'Vinyl and tea', ['Gita', 'Femi', 'Hugo', 'Esra']],
  ['aiko', 'あいこ', 'カラオケの夜', ['Jun', 'Leo']],
  ['noor', 'نور', 'قهوة وحكايات', ['Kaya', 'Iris']],
  ['kofi', 'Kofi', 'Second coffee, any topic', ['Dmitri']],
  ['lena', 'Lena', 'Ghost stories until two', ['Ana', 'Ravi', 'Sunny']],
];
const TALK = [
  [0, 'good evening from Lisbon 🌊'],
  [1, 'もう一曲お願い！'],
  [3, 'that chorus gave me goosebumps'],
];
const [BATTLE_S, SIX_VERSUS_SIX] = [15, 1];
/**
 * The recorded parts of the battle, in milliseconds from its start: the intro and the seconds after
 * it, then the last seconds and the result.
 */
const SCENES = [
  [-800, 4_600],
  [12_300, 18_000],
];
const FRAME_MS = 80;
const QUALITY = '62';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('where to? node film.mjs FOLDER');
mkdirSync(folder, { recursive: true });

const [server, browser] = await Promise.all([startServer(), startBrowser()]);
try {
  const town = [];
  for (const house of HOUSES) town.push(await openHouse(...house));
  const [mira, tomas, , , kofi, lena] = town;
  const stop = talkAloud(town);
  await link(lena, kofi);

  const room = await look(`/live/${mira.liveId}`);
  await room.getByTestId('room').waitFor();
  for (const [i, text] of TALK)
    await mira.guests[i].call('sendTextMessage', { liveId: mira.liveId, text });
  await give(mira, 0, 'clap', 2);
  await sleep(700);
  const alone = await room.screenshot();

  await link(mira, tomas);
  await room.locator('[data-live-id="tomas"]').first().waitFor();
  let fight;
  const film = await record(room);
  const startedAt = await battle(mira, tomas, async () => {
    fight = await room.screenshot();
  });
  const frames = await film();

  await start([lena, kofi], 300);
  const lobby = await look('/');
  await lobby
    .getByTestId('live-card')
    .nth(HOUSES.length - 1)
    .waitFor();
  await sleep(500);
  await row([await lobby.screenshot(), alone, fight]);
  stop();
  cut(frames, startedAt);
} finally {
  await browser.close();
  await server.dispose();
}

// --- people

async function openHouse(liveId, name, liveName, names) {
  const owner = await connect(server, `${liveId}-owner`, name);
  await owner.call('createLive', { liveId, liveName, maxSeatCount: 6 });
  const guests = [];
  for (const [i, guestName] of names.entries()) {
    const guest = await connect(server, `${liveId}-${i}`, guestName);
    await guest.call('joinLive', { liveId });
    await guest.call('takeSeat', { liveId, index: i + 1 });
    guests.push(guest);
  }
  return { liveId, name, names, owner, guests };
}

async function link(one, other) {
  const layoutTemplate = SIX_VERSUS_SIX;
  await one.owner.call('requestHostConnection', {
    liveId: one.liveId,
    targetHosts: [other.liveId],
    layoutTemplate,
  });
  await other.owner.call('acceptHostConnection', {
    liveId: other.liveId,
    fromHostLiveId: one.liveId,
  });
}

/** Animates the volume of one speaker in each live. */
function talkAloud(town) {
  let beat = 0;
  const timer = setInterval(() => {
    beat += 1;
    for (const { liveId, owner, guests } of town) {
      const speaker = [owner, ...guests][Math.floor(beat / 8) % 2];
      speaker.call('reportVolume', { liveId, level: 50 + (beat % 4) * 12 }).catch(() => {});
    }
  }, 250);
  return () => clearInterval(timer);
}

function give({ liveId, guests }, giver, giftId, count) {
  return guests[giver].call('sendGift', { liveId, giftId, count });
}

function look(path) {
  return browser.open(server, path, 'Wu', {
    viewport: PHONE,
    deviceScaleFactor: 2,
    colorScheme: 'dark',
    locale: 'en-GB',
  });
}

// --- the battle

function start(houses, seconds) {
  const config = { durationMs: seconds * 1_000, needResponse: false, penaltyMs: 0, settleMs: 0 };
  const body = { liveIds: houses.map(({ liveId }) => liveId), config };
  return server.rest('POST', '/v1/battles', body, { 'idempotency-key': crypto.randomUUID() });
}

/** Runs the battle to its end; returns its start time. */
async function battle(mira, tomas, atTheMiddle) {
  const { battleId } = await start([mira, tomas], BATTLE_S);
  const startedAt = Date.now();
  const score = (house, giver, value) =>
    server.addScores(
      battleId,
      { [house.liveId]: value },
      { source: { giverUserId: `${house.liveId}-${giver}`, giverName: house.names[giver] } },
    );
  const beats = [
    [2_000, () => score(mira, 0, 1_200)],
    [2_150, () => score(tomas, 0, 1_650)],
    [2_300, () => give(mira, 1, 'rocket', 1), () => score(mira, 1, 850)],
    [2_700, () => score(tomas, 1, 720), () => likes(mira, 3)],
    [3_200, () => give(mira, 1, 'rocket', 1), () => score(mira, 1, 850)],
    [3_700, () => score(tomas, 2, 640), () => likes(mira, 5)],
    [4_100, () => give(mira, 0, 'crown', 1), () => score(mira, 0, 400)],
    [5_200, atTheMiddle],
    [10_000, () => score(tomas, 0, 2_400)],
    [
      12_600,
      () =>
        mira.guests[3].call('sendTextMessage', {
          liveId: mira.liveId,
          text: 'last seconds, everyone! 🔥',
        }),
    ],
    [13_000, () => give(mira, 2, 'galaxy', 1), () => score(mira, 2, 1_200)],
    [13_600, () => score(tomas, 1, 150), () => likes(mira, 6)],
    [14_200, () => give(mira, 0, 'galaxy', 1), () => score(mira, 0, 1_200)],
  ];
  for (const [atMs, ...acts] of beats) {
    await sleep(Math.max(0, startedAt + atMs - Date.now()));
    await Promise.all(acts.map((act) => act()));
  }
  await sleep(startedAt + SCENES.at(-1)[1] - Date.now());
  return startedAt;
}

function likes({ liveId, guests }, count) {
  return Promise.all(guests.map((guest) => guest.call('sendLike', { liveId, count })));
}

// --- pictures

/** Collects the frames that the page draws; the returned function stops the recording. */
async function record(page) {
  const session = await page.context().newCDPSession(page);
  const frames = [];
  session.on('Page.screencastFrame', ({ data, metadata, sessionId }) => {
    frames.push({ atMs: metadata.timestamp * 1_000, data });
    session.send('Page.screencastFrameAck', { sessionId }).catch(() => {});
  });
  await session.send('Page.startScreencast', { format: 'png' });
  await sleep(-SCENES[0][0]);
  return async () => {
    await session.send('Page.stopScreencast');
    return frames;
  };
}

/**
 * The frames of the scenes at a fixed rate; unchanged frames are merged and their duration
 * extended.
 */
function cut(frames, startedAt) {
  const shown = [];
  for (const [fromMs, toMs] of SCENES) {
    for (let atMs = fromMs; atMs < toMs; atMs += FRAME_MS) {
      const frame = frames.findLast((frame) => frame.atMs <= startedAt + atMs) ?? frames[0];
      if (shown.at(-1)?.frame === frame) shown.at(-1).ms += FRAME_MS;
      else shown.push({ frame, ms: FRAME_MS });
    }
  }
  const scratch = mkdtempSync(join(tmpdir(), 'film-'));
  const files = shown.flatMap(({ frame, ms }, i) => {
    const path = join(scratch, `${i}.png`);
    writeFileSync(path, frame.data, 'base64');
    return ['-d', String(ms), path];
  });
  execFileSync('img2webp', [
    '-loop',
    '0',
    '-lossy',
    '-q',
    QUALITY,
    '-m',
    '4',
    ...files,
    '-o',
    join(folder, 'battle.webp'),
  ]);
  rmSync(scratch, { recursive: true });
  console.log(`battle.webp: ${shown.length} frames of ${frames.length}`);
}

/** Phones side by side. */
async function row(screens) {
  const page = await browser.open({}, 'about:blank', undefined, {
    viewport: { width: 1_230, height: 868 },
    deviceScaleFactor: 1.3,
  });
  const images = screens
    .map((png) => `<img src="data:image/png;base64,${png.toString('base64')}">`)
    .join('');
  await page.setContent(
    `<style>body { display: flex; gap: 18px; margin: 12px; } img { width: 390px; border-radius: 28px; }</style>${images}`,
  );
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete));
  await page.screenshot({ path: join(folder, 'screenshot.png'), omitBackground: true });
}

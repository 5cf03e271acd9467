// Languages: detection, choice, right to left, number formats.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { connect, testId, useCast, violations } from './harness.mjs';

const PHONE = { width: 390, height: 844 };

const cast = useCast();

/** The texts of a language, by file name. */
function texts(language) {
  return JSON.parse(
    readFileSync(new URL(`../../locales/${language}.json`, import.meta.url), 'utf8'),
  );
}

/** Language and direction of the page. */
function root(page) {
  return page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]);
}

function says(page, text) {
  return page.getByText(text, { exact: true }).first().waitFor();
}

test('the page uses the first supported language of the browser', async () => {
  for (const [locale, language, dir] of [
    ['es-MX', 'es', 'ltr'],
    ['zh-CN', 'zh-Hans', 'ltr'],
    ['ko-KR', 'ko', 'ltr'],
    ['ja-JP', 'ja', 'ltr'],
    ['ar-EG', 'ar', 'rtl'],
    ['de-DE', 'en', 'ltr'],
  ]) {
    const page = await cast.browser.open(cast.server, '/', 'reader', { locale, viewport: PHONE });
    await says(page, texts(language).lead);
    assert.deepEqual(await root(page), [language, dir], locale);
    assert.deepEqual(page.problems, [], locale);
    await page.context().close();
  }
});

test('a chosen language applies at once, and after a reload', async () => {
  const page = await cast.browser.open(cast.server, '/', 'chooser', { viewport: PHONE });
  await says(page, texts('en').lead);
  await testId(page, 'language').focus();
  await testId(page, 'language').selectOption('ar');
  await says(page, texts('ar').lead);
  assert.deepEqual(await root(page), ['ar', 'rtl']);
  await page.locator('[data-testid="language"]:focus').waitFor();
  await page.reload();
  await says(page, texts('ar').lead);
  await testId(page, 'language').selectOption('en');
  await says(page, texts('en').lead);
  assert.deepEqual(await root(page), ['en', 'ltr']);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('a query parameter selects the language', async () => {
  const page = await cast.browser.open(cast.server, '/?lang=ja', 'addressed', { locale: 'es-ES' });
  await says(page, texts('ja').lead);
  await page.context().close();
});

test('the page falls back to English when the texts of a language cannot be fetched', async () => {
  const page = await cast.browser.open(cast.server, '/', 'cut-off', { viewport: PHONE });
  await says(page, texts('en').lead);
  await page.route('**/locales/*.json', (route) => route.abort());
  await testId(page, 'language').selectOption('ko');
  await says(page, texts('en').language_failed);
  assert.deepEqual(await root(page), ['en', 'ltr']);
  await page.context().close();
});

test('refusals of the server are shown in the language of the page', async () => {
  const page = await cast.browser.open(cast.server, '/live/nobody-here', 'lost', {
    locale: 'es-ES',
  });
  await says(page, texts('es').errors.roomNotExist);
  await page.context().close();
});

test('changing the language does not leave the room', async () => {
  const owner = await connect(cast.server, 'polyglot', 'Polyglot');
  await owner.call('createLive', { liveId: 'polyglot', liveName: 'Polyglot' });
  const room = await cast.visit('viewer', 'polyglot', { viewport: { width: 1280, height: 800 } });
  let joined = 0;
  room.page.on('websocket', () => (joined += 1));
  await room.get('language').selectOption('zh-Hans');
  await room.page.getByPlaceholder(texts('zh-Hans').say_something).waitFor();
  await room.sees('room', '[data-live-id="polyglot"]');
  assert.equal(joined, 0, 'the socket stayed open');
  assert.deepEqual(room.page.problems, []);
  await room.page.context().close();
  owner.close();
});

test('a right-to-left language mirrors the page, but keeps the own room on the left', async () => {
  const [anna, ben] = await Promise.all([cast.host('anna', { locale: 'ar-EG' }), cast.host('ben')]);
  const found = [];
  const read = async (screen) =>
    found.push(...(await violations(anna.page)).map((line) => `${screen}: ${line}`));

  const close = await anna.place('close-room');
  assert.ok(close.x < 640, 'the page is mirrored: its head ends on the left');
  await read('room');
  await anna.get('chat-input').fill('good evening');
  await anna.press('chat-send');
  const line = anna.get('chat-item').filter({ hasText: 'good evening' });
  await line.waitFor();
  const [name, said] = await Promise.all(
    ['.name', 'span'].map((part) => line.locator(part).boundingBox()),
  );
  assert.ok(
    said.x + said.width + 2 <= name.x,
    'what is said stands left of the name, with a space between them',
  );
  await anna.press('cohost-open');
  await anna.sees('candidate');
  const who = await anna
    .get('candidate')
    .first()
    .locator('.who')
    .evaluate((who) => {
      const letters = document.createRange();
      letters.selectNodeContents(who.querySelector('strong').firstChild);
      return {
        end: who.getBoundingClientRect().right,
        letters: letters.getBoundingClientRect().right,
      };
    });
  assert.ok(
    who.end - who.letters < 2,
    `a Latin name stands beside its picture, on the right: ${JSON.stringify(who)}`,
  );
  await read('co-host sheet');
  await anna.page.keyboard.press('Escape');

  await anna.connectWith(ben);
  const battleId = await anna.fight([ben], { seconds: 60 });
  await cast.server.addScores(battleId, { [anna.liveId]: 1_234_567, [ben.liveId]: 200 });
  await anna.seesScore(anna.liveId, 1_234_567);
  const [own, other] = await Promise.all(
    [anna, ben].map(({ liveId }) => anna.place('pk-score', `[data-live-id="${liveId}"]`)),
  );
  assert.ok(own.x < other.x, 'the own score stands left');
  const [ownSeat, otherSeat] = await Promise.all(
    [anna, ben].map(({ liveId }) =>
      anna.place('seat', `[data-live-id="${liveId}"][data-index="0"]`),
    ),
  );
  assert.ok(ownSeat.x < otherSeat.x, 'the own seats stand left');
  const [bar, layer] = await Promise.all([
    anna.page.locator('.pk-bar .own').boundingBox(),
    anna.place('pk-layer'),
  ]);
  assert.ok(bar.x - layer.x < 4 && bar.width > layer.width / 2, 'the bar grows from the left');
  const digits = new Intl.NumberFormat('ar-EG', {
    notation: 'compact',
    maximumSignificantDigits: 3,
    roundingMode: 'trunc',
  });
  const text = digits.format(1_234_567);
  const number = anna.page.locator(`.pk-bar .rolling[aria-label="${text}"] .number`);
  await number.waitFor();
  const [word] = text.match(/[^\d٠-٩]+$/);
  assert.equal(
    await number.locator('> :last-child').textContent(),
    word,
    'the letters of its word stay together',
  );
  await read('battle');
  assert.deepEqual(found, []);
  assert.deepEqual([...anna.page.problems, ...ben.page.problems], []);
});

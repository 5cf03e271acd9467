// The microphone: allowed, denied, missing. Only its volume is used; everything else works without
// one.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assertAccessible, eventually, testId, useCast } from './harness.mjs';

const BLOCKED =
  "The microphone is blocked. Allow it for this site in the browser's settings, then try again.";
const MISSING = 'No microphone was found. Plug one in and try again.';

const cast = useCast();

/** Runs in the page: simulates a device without a microphone. */
function unplug() {
  const nothing = () =>
    Promise.reject(new DOMException('Requested device not found', 'NotFoundError'));
  navigator.mediaDevices.getUserMedia = nothing;
}

/**
 * Runs in the page: simulates a constant tone. The browser's own fake device only beeps
 * occasionally.
 */
function hum() {
  navigator.mediaDevices.getUserMedia = async () => {
    const audio = new AudioContext();
    const [note, microphone] = [audio.createOscillator(), audio.createMediaStreamDestination()];
    note.connect(microphone);
    note.start();
    await audio.resume();
    return microphone.stream;
  };
}

async function openStartSheet(userId) {
  const page = await cast.browser.open(cast.server, '/', userId);
  await testId(page, 'start-live').click();
  await testId(page, 'mic-check').waitFor();
  return page;
}

test('the microphone check shows the volume', async () => {
  const page = await openStartSheet('mic-allowed');
  await page.evaluate(hum);
  await testId(page, 'mic-check-start').click();
  const meter = testId(page, 'mic-check').getByRole('meter');
  await eventually(
    'the meter to move',
    async () => Number(await meter.getAttribute('aria-valuenow')) > 0,
  );
  await assertAccessible(page, 'the microphone check');
  assert.deepEqual(page.problems, []);
});

test('the microphone check reports a blocked or missing microphone, and a live can still be started', async () => {
  const page = await openStartSheet('mic-blocked');
  const check = testId(page, 'mic-check');
  await testId(page, 'mic-check-start').click();
  await check.getByText(BLOCKED).waitFor();
  await assertAccessible(page, 'a blocked microphone');
  assert.ok(await testId(page, 'mic-check-start').isEnabled(), 'one may try again');

  await page.evaluate(unplug);
  await testId(page, 'mic-check-start').click();
  await check.getByText(MISSING).waitFor();
  await testId(page, 'start-title').fill('Without a microphone');
  await testId(page, 'start-confirm').click();
  await testId(page, 'room').waitFor();
  assert.deepEqual(page.problems, []);
});

test('a blocked microphone is reported on taking a seat or unmuting, only to that user', async () => {
  const ann = await cast.host('mic-ann');
  const eve = await cast.visit('mic-eve', ann.liveId);
  await eve.press('seat', '[data-index="1"]');
  await eve.press('seat-take');
  await eve.seesOnSeat(ann.liveId, 1, 'mic-eve');
  await eve.sees('toast', `:has-text("${BLOCKED}")`);
  await eve.isAccessible('a blocked microphone on a seat');
  await eve.page.evaluate(unplug);
  await eve.press('mic');
  await eve.sees('seat', '[data-user-id="mic-eve"][aria-label*="muted"]');
  await eve.press('seat', '[data-user-id="mic-eve"]');
  await eve.press('seat-unmute');
  await eve.sees('toast', `:has-text("${MISSING}")`);
  assert.equal(await ann.get('toast').count(), 0);
  assert.deepEqual([...ann.page.problems, ...eve.page.problems], []);
});

test('an open microphone lights up its seat on every page until it is muted', async () => {
  const ann = await cast.host('loud-ann');
  const eve = await cast.visit('loud-eve', ann.liveId);
  await eve.page.evaluate(hum);
  await eve.press('seat', '[data-index="1"]');
  await eve.press('seat-take');
  const seat = (more) => ann.page.locator(`[data-testid="seat"][data-user-id="loud-eve"]${more}`);
  await seat('').waitFor();
  await seat('.speaking').waitFor();
  await eve.press('mic');
  await seat(':not(.speaking)').waitFor();
  assert.deepEqual([...ann.page.problems, ...eve.page.problems], []);
});

// The co-host panel: finding streamers, and refusals.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { connect, eventually, everyone, useCast } from './harness.mjs';

const cast = useCast();

test('do not disturb declines invitations automatically with a reason', async () => {
  const [anna, ben] = await cast.hosts('anna', 'ben');
  await ben.press('cohost-open');
  await ben.get('do-not-disturb').check();
  await ben.isAccessible('do not disturb');
  await ben.page.keyboard.press('Escape');

  await anna.invite([ben]);
  await anna.sees('toast', ':has-text("does not want to be disturbed")');
  await ben.seesNo('incoming');

  await ben.press('cohost-open');
  await ben.get('do-not-disturb').uncheck();
  await ben.page.keyboard.press('Escape');
  await anna.invite([ben]);
  await ben.answer(anna, 'busy');
  await anna.sees('toast', ':has-text("is busy")');
  assert.deepEqual([...anna.page.problems, ...ben.page.problems], []);
});

test('three rooms have the layout that the inviter chose', async () => {
  const [cara, dan, eve] = await cast.hosts('cara', 'dan', 'eve');
  await cara.press('cohost-open');
  await cara.get('candidate-search').fill('dan');
  await cara.seesNo('candidate', `[data-live-id="${eve.liveId}"]`);
  await cara.press('candidate', `[data-live-id="${dan.liveId}"]`);
  await cara.get('candidate-search').fill('');
  await cara.press('candidate', `[data-live-id="${eve.liveId}"]`);
  await cara.press('layout-602');
  await cara.press('invite-cohost');
  await dan.answer(cara, 'accept');
  await eve.answer(cara, 'accept');
  await cara.seesOnSeat(eve.liveId, 0, eve.userId);
  await cara.seesOnSeat(dan.liveId, 0, dan.userId);
  const own = await cara.page.locator('.room-card').nth(0).boundingBox();
  const others = [1, 2].map((i) => cara.page.locator('.room-card').nth(i).boundingBox());
  for (const other of await Promise.all(others)) {
    assert.ok(other.x >= own.x + own.width - 1, 'the others stand right of the focus');
    assert.ok(other.height < own.height, 'and are smaller');
  }
  await dan.isAccessible('left focus');
  assert.deepEqual(
    [cara, dan, eve].flatMap(({ page }) => page.problems),
    [],
  );
});

test('a candidate whose live ends is removed from the panel and unpicked', async () => {
  const fay = await cast.host('stale-fay');
  const gone = await connect(cast.server, 'stale-gus', 'Gus');
  await gone.call('createLive', { liveId: 'stale-gus', liveName: 'Not for long' });
  await fay.press('cohost-open');
  assert.ok(await fay.get('invite-cohost').isDisabled(), 'nobody is picked');
  await fay.press('candidate', '[data-live-id="stale-gus"]');
  assert.ok(await fay.get('invite-cohost').isEnabled());
  await gone.call('endLive', { liveId: 'stale-gus' });
  await fay.seesNo('candidate', '[data-live-id="stale-gus"]');
  assert.ok(await fay.get('invite-cohost').isDisabled(), 'nobody is picked any more');
  await fay.get('candidate-search').fill('nobody at all');
  await fay.page.getByText('Nobody by that name is live.').waitFor();
  await fay.isAccessible('a search for streamers without a result');
  gone.close();
  await fay.page.context().close();
});

test('in an invitation of several lives each refusal is reported by name, and the others are invited', async () => {
  const [ina, jon, kim] = await cast.hosts('batch-ina', 'batch-jon', 'batch-kim');
  const taken = await Promise.all(['batch-leo', 'batch-mo'].map((id) => connect(cast.server, id)));
  for (const [i, socket] of taken.entries())
    await socket.call('createLive', { liveId: `taken-${i}`, liveName: `Taken ${i}` });
  await taken[0].call('requestHostConnection', {
    liveId: 'taken-0',
    targetHosts: ['taken-1'],
    layoutTemplate: 600,
  });
  await taken[1].call('acceptHostConnection', { liveId: 'taken-1', fromHostLiveId: 'taken-0' });

  await ina.press('cohost-open');
  await ina.sees('candidate', '[data-live-id="taken-0"]:has-text("Co-hosting")');
  for (const liveId of ['taken-0', jon.liveId, kim.liveId])
    await ina.press('candidate', `[data-live-id="${liveId}"]`);
  await ina.press('invite-cohost');
  await ina.sees('toast', ':has-text("batch-leo: That live is co-hosting with others.")');
  await everyone([jon, kim], (room) => room.sees('incoming', `[data-live-id="${ina.liveId}"]`));
  for (const room of [jon, kim]) await ina.sees('outgoing', `[data-live-id="${room.liveId}"]`);
  await ina.isAccessible('one of three cannot be invited');

  await ina.press('cohost-open');
  const [own, first] = [
    ina.page.getByRole('dialog'),
    ina.get('outgoing', `[data-live-id="${jon.liveId}"]`),
  ];
  await own.getByText('Open invitations').waitFor();
  const seconds = async () =>
    Number(await first.locator('[data-testid="outgoing-countdown"]').getAttribute('data-seconds'));
  const atFirst = await seconds();
  await eventually('the countdown to go on', async () => (await seconds()) < atFirst);
  await first.locator('[data-testid="outgoing-cancel"]').click();
  await jon.seesNo('incoming');
  await jon.sees('toast', ':has-text("batch-ina took the invitation back.")');
  await kim.answer(ina, 'decline');
  await ina.sees('toast', ':has-text("batch-kim declined.")');
  for (const [i, socket] of taken.entries()) {
    await socket.call('endLive', { liveId: `taken-${i}` });
    socket.close();
  }
  assert.deepEqual(
    [ina, jon, kim].flatMap(({ page }) => page.problems),
    [],
  );
  await everyone([ina, jon, kim], (room) => room.page.context().close());
});

test('a battle has the duration and the penalty chosen in the panel', async () => {
  const [lea, max] = await cast.hosts('length-lea', 'length-max');
  for (const [seconds, text] of [
    [60, '1 min'],
    [120, '2 min'],
    [180, '3 min'],
    [300, '5 min'],
  ]) {
    await lea.inviteToBattle([max], { seconds, penalty: 0 });
    await max.sees('incoming', `:has-text("PK, ${text}")`);
    await lea.press('outgoing-cancel');
    await max.seesNo('incoming');
  }
  await lea.press('cohost-open');
  await lea.press('candidate', `[data-live-id="${max.liveId}"]`);
  await lea.get('pk-duration-custom').fill('5');
  await lea.get('pk-duration-custom').blur();
  assert.equal(await lea.get('pk-duration-custom').inputValue(), '10', 'no battle is shorter');
  await lea.get('pk-duration-custom').fill('45');
  await lea.get('pk-duration-custom').blur();
  await lea.press('pk-penalty-60');
  await lea.isAccessible('a length of one’s own');
  await lea.press('invite-pk');
  await max.sees('incoming', ':has-text("PK, 45 sec")');
  await max.answer(lea, 'accept');
  const { config } = await cast.server.rest('GET', `/v1/battles/${await lea.battleId()}`);
  assert.deepEqual([config.durationMs, config.penaltyMs], [45_000, 60_000]);
  assert.deepEqual([...lea.page.problems, ...max.page.problems], []);
});

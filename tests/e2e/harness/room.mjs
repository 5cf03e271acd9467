// A page object for the page of a live: every action goes through visible elements, found by
// data-testid.
import assert from 'node:assert/strict';

import { assertAccessible } from './axe.mjs';
import { eventually } from './wait.mjs';

/** The page of one user in one live. */
export class Room {
  constructor(page, userId, liveId) {
    this.page = page;
    this.userId = userId;
    this.liveId = liveId;
  }

  get(testId, more = '') {
    return this.page.locator(`[data-testid="${testId}"]${more}`);
  }

  press(testId, more = '') {
    return this.get(testId, more).first().click();
  }

  sees(testId, more = '', timeout = undefined) {
    return this.get(testId, more).first().waitFor({ state: 'visible', timeout });
  }

  async seesNo(testId, more = '', timeout = undefined) {
    const isGone = async () => (await this.get(testId, more).count()) === 0;
    await eventually(`${this.userId} to see no ${testId}${more}`, isGone, timeout);
  }

  attribute(testId, name, more = '') {
    return this.get(testId, more).first().getAttribute(name);
  }

  text(testId, more = '') {
    return this.get(testId, more).first().textContent();
  }

  /** Asserts that axe finds nothing on the current page. */
  isAccessible(screen) {
    return assertAccessible(this.page, screen);
  }

  // --- seats

  seesOnSeat(liveId, index, userId) {
    return this.sees(
      'seat',
      `[data-live-id="${liveId}"][data-index="${index}"][data-user-id="${userId}"]`,
    );
  }

  seesNoSeatsOf(liveId) {
    return this.seesNo('seat', `[data-live-id="${liveId}"]`);
  }

  // --- invitations

  async invite(rooms) {
    await this.press('cohost-open');
    for (const room of rooms) await this.press('candidate', `[data-live-id="${room.liveId}"]`);
    await this.press('invite-cohost');
  }

  async inviteToBattle(rooms, { seconds = 30, penalty = 0 } = {}) {
    await this.press('cohost-open');
    for (const room of rooms) await this.press('candidate', `[data-live-id="${room.liveId}"]`);
    await this.pickBattle(seconds, penalty);
    await this.press('invite-pk');
  }

  /** Answers the invitation of another live: `accept` or `decline`. */
  answer(room, what) {
    return this.get('incoming', `[data-live-id="${room.liveId}"]`)
      .locator(`[data-testid="incoming-${what}"]`)
      .click();
  }

  /** Invites the other live and waits until it has accepted. */
  async connectWith(other) {
    await this.invite([other]);
    await other.answer(this, 'accept');
    await this.seesOnSeat(other.liveId, 0, other.userId);
    await other.seesOnSeat(this.liveId, 0, this.userId);
  }

  // --- battle

  async requestBattle({ seconds = 30, penalty = 0 } = {}) {
    await this.press('pk-request');
    await this.pickBattle(seconds, penalty);
    await this.press('pk-send');
  }

  /** Requests a battle with the connected lives, all of which accept. Returns the battle's id. */
  async fight(others, options) {
    await this.requestBattle(options);
    for (const other of others) await other.press('pk-accept');
    return this.battleId();
  }

  async pickBattle(seconds, penalty) {
    await this.press(`pk-duration-${seconds}`);
    await this.press(`pk-penalty-${penalty}`);
  }

  /** Waits for a running battle; returns its id. */
  async battleId() {
    await this.seesPhase('running');
    return this.attribute('pk-layer', 'data-battle-id');
  }

  seesPhase(phase, timeout = undefined) {
    return this.sees('pk-layer', `[data-phase="${phase}"]`, timeout);
  }

  seesOutcome(outcome, timeout = undefined) {
    return this.sees('pk-result', `[data-outcome="${outcome}"]`, timeout);
  }

  async score(liveId) {
    return Number(await this.attribute('pk-score', 'data-score', `[data-live-id="${liveId}"]`));
  }

  seesScore(liveId, score) {
    return this.sees('pk-score', `[data-live-id="${liveId}"][data-score="${score}"]`);
  }

  /** Whole seconds on the clock. */
  async clock() {
    return Number(await this.attribute('pk-clock', 'data-seconds'));
  }

  /** The bounding box of an element. */
  async place(testId, more = '') {
    const box = await this.get(testId, more).first().boundingBox();
    assert.ok(box, `${testId}${more} is not drawn`);
    return box;
  }
}

/** Asserts that the clocks of several pages differ by at most a second. */
export async function assertSameClock(rooms) {
  const clocks = await Promise.all(rooms.map((room) => room.clock()));
  assert.ok(Math.max(...clocks) - Math.min(...clocks) <= 1, `the clocks differ: ${clocks}`);
}

/** Runs the same action on several pages in parallel. */
export function everyone(rooms, act) {
  return Promise.all(rooms.map(act));
}

// Custom elements in a page without a framework, from the installed package.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';

import { eventually } from '../../tests/e2e/harness.mjs';
import { methodsSent, openElementsPage, put, startBattle, startLive } from './support/hosts.mjs';
import { shows, world } from './support/world.mjs';

const seatOf = (live) => `duelcast-seats[live-id="${live}"] [data-testid="seat"][data-index="0"]`;

describe('custom elements', { concurrency: true }, () => {
  test('elements of two lives show their own live, over one socket', async () => {
    const hosts = await Promise.all(['el-ann', 'el-ben'].map(startLive));
    const page = await openElementsPage('el-viewer');
    await put(
      page,
      '<duelcast-seats live-id="el-ann"></duelcast-seats><duelcast-live live-id="el-ben"></duelcast-live>',
    );
    await shows(page, seatOf('el-ann'), /el-ann/);
    await shows(page, 'duelcast-live .host-pill', /el-ben is live/);
    const cdp = await page.context().newCDPSession(page);
    const { result } = await cdp.send('Runtime.evaluate', { expression: 'WebSocket.prototype' });
    const { objects } = await cdp.send('Runtime.queryObjects', {
      prototypeObjectId: result.objectId,
    });
    const { result: count } = await cdp.send('Runtime.callFunctionOn', {
      objectId: objects.objectId,
      functionDeclaration:
        'function () { return this.filter((socket) => socket.readyState === 1).length; }',
    });
    assert.equal(count.value, 1);
    const loaded = await page.evaluate(() =>
      performance.getEntriesByType('resource').map((entry) => entry.name),
    );
    assert.deepEqual(
      loaded.filter((name) => name.endsWith('.wasm')).map((name) => name.split('/').at(-1)),
      ['elements_bg.wasm'],
    );
    assert.equal(page.sockets.length, 1);
    assert.deepEqual(page.problems, []);
    hosts.forEach((host) => host.close());
  });

  test('a moved element keeps its view and its live, a removed one leaves the live', async () => {
    const host = await startLive('el-mover');
    const page = await openElementsPage('el-moved');
    const sent = methodsSent(page);
    await put(page, '<duelcast-seats live-id="el-mover"></duelcast-seats>');
    await shows(page, seatOf('el-mover'), /el-mover/);
    const isSame = await page.evaluate(async () => {
      const element = document.querySelector('duelcast-seats');
      const before = element.shadowRoot.querySelector('[data-testid="seat"]');
      document.getElementById('there').append(element);
      await new Promise(requestAnimationFrame);
      return element.shadowRoot.querySelector('[data-testid="seat"]') === before;
    });
    assert.ok(isSame);
    assert.deepEqual(sent('leaveLive'), []);
    await page.evaluate(() => document.querySelector('duelcast-seats').remove());
    await eventually('the live to be left', () => sent('leaveLive').length === 1);
    host.close();
  });

  test('elements can be removed before they are initialised', async () => {
    const host = await startLive('el-brief');
    const page = await openElementsPage('el-hasty');
    await page.evaluate(async () => {
      const here = document.getElementById('here');
      const parts = ['live', 'seats', 'pk-bar', 'lobby'].map(
        (part) => `<duelcast-${part} live-id="el-brief"></duelcast-${part}>`,
      );
      const waits = [
        () => null,
        () => new Promise(queueMicrotask),
        () => new Promise((resolve) => setTimeout(resolve)),
      ];
      for (const wait of [...waits, ...waits, ...waits]) {
        here.innerHTML = parts.join('');
        await wait();
        here.replaceChildren();
        await wait();
      }
    });
    await put(page, '<duelcast-seats live-id="el-brief"></duelcast-seats>');
    await shows(page, seatOf('el-brief'), /el-brief/);
    assert.deepEqual(page.problems, []);
    host.close();
  });

  test('choosing a live emits an event, and navigates unless it is cancelled', async () => {
    const host = await startLive('el-chosen');
    const page = await openElementsPage('el-chooser');
    await put(
      page,
      '<duelcast-lobby live-href="/pages/elements.html?chosen={liveId}"></duelcast-lobby>',
    );
    await page.evaluate(() => {
      globalThis.chosen = [];
      document.addEventListener('liveChosen', (event) => {
        if (globalThis.chosen.push(event.detail.liveId) === 1) event.preventDefault();
      });
    });
    const card = page.locator('duelcast-lobby [data-live-id="el-chosen"]');
    assert.equal(await card.getAttribute('href'), '/pages/elements.html?chosen=el-chosen');
    await card.click();
    assert.deepEqual(await page.evaluate(() => globalThis.chosen), ['el-chosen']);
    await card.click();
    await page.waitForURL('**/pages/elements.html?chosen=el-chosen');
    host.close();
  });

  test('the bar follows the score, and live events are DOM events with a detail', async () => {
    const { server } = await world();
    const { sockets, battleId } = await startBattle('el-left', 'el-right');
    const page = await openElementsPage('el-watcher');
    await put(page, '<duelcast-pk-bar live-id="el-left" readonly></duelcast-pk-bar>');
    await page.evaluate(() => {
      document
        .querySelector('duelcast-pk-bar')
        .addEventListener('battleEnded', ({ detail }) => (globalThis.ended = detail));
    });
    await page.locator('duelcast-pk-bar [part="bar"]').waitFor();
    await server.addScores(battleId, { 'el-left': 7, 'el-right': 3 });
    await page
      .locator('duelcast-pk-bar [part="score"][data-live-id="el-left"][data-score="7"]')
      .waitFor();
    const digit = page.locator('duelcast-pk-bar [data-live-id="el-left"] .digit').first();
    const drawn = await digit.evaluate((it) => getComputedStyle(it, '::before').content);
    assert.match(drawn, /7/, 'the stylesheet draws the digits');
    await server.rest('POST', `/v1/battles/${battleId}/end`, {});
    const ended = await eventually('battleEnded', () => page.evaluate(() => globalThis.ended));
    assert.equal(ended.type, 'onBattleEnded');
    assert.equal(ended.battleInfo.result.ranking[0].userId, 'el-left');
    sockets.forEach((socket) => socket.close());
  });

  test('custom properties and parts style the inside of an element', async () => {
    const host = await startLive('el-styled');
    const page = await openElementsPage('el-stylist');
    await put(page, '<duelcast-seats live-id="el-styled"></duelcast-seats>');
    await shows(page, seatOf('el-styled'), /el-styled/);
    const seat = page.locator('duelcast-seats [data-testid="seat"]').nth(1);
    const style = await seat.evaluate((element) => {
      const { color, outlineColor } = getComputedStyle(element);
      return { color, outlineColor, sheets: element.getRootNode().adoptedStyleSheets.length };
    });
    assert.deepEqual(style, { color: 'rgb(1, 2, 3)', outlineColor: 'rgb(4, 5, 6)', sheets: 1 });
    host.close();
  });

  test('properties reflect attributes, and changing the live id switches the live', async () => {
    const hosts = await Promise.all(['el-first', 'el-second'].map(startLive));
    const page = await openElementsPage('el-switcher');
    await put(page, '<duelcast-seats live-id="el-first"></duelcast-seats>');
    await shows(page, seatOf('el-first'), /el-first/);
    await page.evaluate(() => (document.querySelector('duelcast-seats').liveId = 'el-second'));
    await shows(page, seatOf('el-second'), /el-second/);
    await page.locator('duelcast-seats [data-testid="seat"]').nth(0).click();
    await page.locator('duelcast-seats dialog').waitFor();
    await page.evaluate(() => (document.querySelector('duelcast-seats').readonly = true));
    await page.locator('duelcast-seats dialog').waitFor({ state: 'detached' });
    assert.equal(
      await page.evaluate(() => document.querySelector('duelcast-seats').hasAttribute('readonly')),
      true,
    );
    hosts.forEach((host) => host.close());
  });

  test('elements use the language of the user', async () => {
    const page = await openElementsPage('el-reader', 'late', { locale: 'es-ES' });
    const [spanish, english] = ['es', 'en'].map((tag) =>
      JSON.parse(readFileSync(new URL(`../../locales/${tag}.json`, import.meta.url), 'utf8')),
    );
    const headers = { 'access-control-allow-origin': '*' };
    await page.route('**/locales/es.json', (route) => route.fulfill({ json: spanish, headers }));
    await put(page, '<duelcast-lobby></duelcast-lobby>');
    await page.evaluate(() => globalThis.importElements());
    await page.locator(`duelcast-lobby input[placeholder="${spanish.search}"]`).waitFor();
    assert.notEqual(spanish.search, english.search);
    assert.equal(await page.locator('duelcast-lobby .language-root').getAttribute('lang'), 'es');
  });
});

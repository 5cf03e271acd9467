// A client of the headless package in Node: joins a live, and ends once the score of its side has changed.
// Usage: node node-client.mjs SERVER TOKEN LIVE_ID
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { CONSUMER } from './consumer.mjs';

const [url, token, liveId] = process.argv.slice(2);
const PACKAGE = join(CONSUMER, 'node_modules/duelcast');

// Node 20 has no WebSocket of its own.
globalThis.WebSocket ??= createRequire(new URL('../../../tests/e2e/package.json', import.meta.url))('ws').WebSocket;

const { BattleStore, LiveStore, init, login, logout } = await import(pathToFileURL(join(PACKAGE, 'dist/index.js')));
await init({ url, wasm: readFileSync(join(PACKAGE, 'dist/wasm/duelcast_bg.wasm')) });
login(token);
const battle = BattleStore.create(liveId);
// The streamer's id is the live's in these tests.
const changed = new Promise((resolve) => {
  battle.subscribe((state) => state.battleScore[liveId], (score) => score > 0 && resolve(score));
});
await LiveStore.create(liveId).join();
console.log('joined');
console.log(`score ${await changed}`);
logout();
process.exit(0);

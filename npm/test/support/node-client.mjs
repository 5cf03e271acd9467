// A client of the headless package in Node: joins a live, and exits when the score of its side
// changes.
// Usage: node node-client.mjs SERVER TOKEN LIVE_ID
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { CONSUMER } from './consumer.mjs';

const [url, token, liveId] = process.argv.slice(2);
const PACKAGE = join(CONSUMER, 'node_modules/duelcast');

// Node 20 has no built-in WebSocket.
globalThis.WebSocket ??= createRequire(new URL('../../../tests/e2e/package.json', import.meta.url))(
  'ws',
).WebSocket;

const { BattleStore, LiveStore, init, login, logout } = await import(
  pathToFileURL(join(PACKAGE, 'dist/index.js'))
);
await init({ url, wasm: readFileSync(join(PACKAGE, 'dist/wasm/duelcast_bg.wasm')) });
login(token);
const battle = BattleStore.create(liveId);
// In these tests the live's id is the streamer's user id.
const changed = new Promise((resolve) => {
  battle.subscribe(
    (state) => state.battleScore[liveId],
    (score) => score > 0 && resolve(score),
  );
});
await LiveStore.create(liveId).join();
console.log('joined');
console.log(`score ${await changed}`);
logout();
process.exit(0);

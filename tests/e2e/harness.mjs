// The harness of the end-to-end tests: the real server, raw sockets, real pages.
export { assertAccessible, violations } from './harness/axe.mjs';
export { startBrowser, testId } from './harness/browser.mjs';
export { startBilling } from './harness/billing.mjs';
export { useCast } from './harness/cast.mjs';
export { Room, assertSameClock, everyone } from './harness/room.mjs';
export { OF_THE_MOMENT, eachScene } from './harness/scenes.mjs';
export { assertLooksAsBefore, difference, look } from './harness/shots.mjs';
export { connect } from './harness/socket.mjs';
export { freePort, startServer } from './harness/server.mjs';
export { eachState } from './harness/states.mjs';
export { startTown } from './harness/town.mjs';
export { eventually } from './harness/wait.mjs';

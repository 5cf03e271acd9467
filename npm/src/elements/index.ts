/**
 * Custom elements: `<duelcast-live>`, `<duelcast-seats>`, `<duelcast-pk-bar>`, `<duelcast-lobby>`. Importing this module defines
 * them; they show something once `init()` has ended and somebody is logged in.
 */
import type { Build } from '../builds.js';
import { toError, use } from '../core.js';
import { DuelcastElement } from './element.js';
import { loadStylesheet } from './stylesheet.js';

export { DuelcastElement, type ElementEvent, type ElementEventMap } from './element.js';

/** A whole live: head, stage, chat, gifts, and the streamer's tools. Give it a height. */
export class DuelcastLive extends DuelcastElement {
  protected override readonly view = 'live';
}

/** The seats of a live and of those it is connected with. */
export class DuelcastSeats extends DuelcastElement {
  protected override readonly view = 'seats';
}

/** The bar and the clock of a live's battle; nothing while there is none. */
export class DuelcastPkBar extends DuelcastElement {
  protected override readonly view = 'pk-bar';
}

/** The public lives, and for those who may, starting one of their own. */
export class DuelcastLobby extends DuelcastElement {
  protected override readonly view = 'lobby';
}

declare global {
  interface HTMLElementTagNameMap {
    'duelcast-live': DuelcastLive;
    'duelcast-seats': DuelcastSeats;
    'duelcast-pk-bar': DuelcastPkBar;
    'duelcast-lobby': DuelcastLobby;
  }
}

const ELEMENTS = {
  'duelcast-live': DuelcastLive,
  'duelcast-seats': DuelcastSeats,
  'duelcast-pk-bar': DuelcastPkBar,
  'duelcast-lobby': DuelcastLobby,
};

const withElements: Build = {
  hasElements: true,
  load: () => import('../wasm/elements.js'),
  loadStyles: loadStylesheet,
};

if (globalThis.customElements) {
  for (const [name, element] of Object.entries(ELEMENTS)) {
    if (!customElements.get(name)) customElements.define(name, element);
  }
  use(withElements).catch((cause: unknown) => reportError(toError(cause)));
}

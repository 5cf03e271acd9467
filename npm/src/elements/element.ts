/** What all elements have in common: a view of the wasm in a shadow root, as long as the element is in a document. */
import type { EmbeddedView } from '../wasm/elements.js';

import { hasClient, listen, registry } from '../core.js';
import type { EventFrame, EventName } from '../types.js';

/** An event's name in the DOM: `onBattleEnded` is `battleEnded` there. */
export type ElementEvent<Name extends string> = Name extends `on${infer Rest}`
  ? Uncapitalize<Rest>
  : never;

/** What elements dispatch. A live's events do not bubble; the two choices do, and their navigation can be prevented. */
export type ElementEventMap = {
  [Name in EventName as ElementEvent<Name>]: CustomEvent<EventFrame<Name>>;
} & {
  /** Somebody wants to see a live, or has started one. */
  liveChosen: CustomEvent<{ liveId: string }>;
  /** Somebody wants to leave a live for the lobby. */
  lobbyChosen: CustomEvent<Record<string, never>>;
};

/** Where there is no DOM, importing must still work. */
const Base = globalThis.HTMLElement ?? (class {} as unknown as typeof HTMLElement);

/** In an order in which each can be set without drawing twice. */
const VIEW_ATTRIBUTES = ['readonly', 'live-id'];
const LINK_ATTRIBUTES = ['live-href', 'lobby-href'];
const PROPERTIES = ['liveId', 'readonly', 'liveHref', 'lobbyHref'] as const;

/**
 * An element of ours. Attributes: `live-id`; `readonly`, so that it is shown and nobody acts; `live-href` and `lobby-href`, where
 * links lead: addresses in which `{liveId}` stands for the live, the server's own pages by default.
 */
export abstract class DuelcastElement extends Base {
  /** @internal */
  static readonly observedAttributes: readonly string[] = [...VIEW_ATTRIBUTES, ...LINK_ATTRIBUTES];

  /** @internal */
  protected abstract readonly view: string;
  private mounted: EmbeddedView | undefined;
  private stop: (() => void) | undefined;
  private isSettling = false;

  /** The attribute `live-id`: which live is shown. Empty: none. */
  get liveId(): string {
    return this.getAttribute('live-id') ?? '';
  }

  set liveId(liveId: string) {
    this.setAttribute('live-id', liveId);
  }

  /** The attribute `readonly`: it is shown and nobody acts. */
  get readonly(): boolean {
    return this.hasAttribute('readonly');
  }

  set readonly(isReadonly: boolean) {
    this.toggleAttribute('readonly', isReadonly);
  }

  /** The attribute `live-href`: where the link to a live leads, with `{liveId}` for the live. */
  get liveHref(): string {
    return this.getAttribute('live-href') ?? `${server()}/live/{liveId}`;
  }

  set liveHref(address: string) {
    this.setAttribute('live-href', address);
  }

  /** The attribute `lobby-href`: where the link to the lobby leads. */
  get lobbyHref(): string {
    return this.getAttribute('lobby-href') ?? `${server()}/`;
  }

  set lobbyHref(address: string) {
    this.setAttribute('lobby-href', address);
  }

  /** @internal */
  connectedCallback(): void {
    this.adoptProperties();
    this.settleSoon();
  }

  /** @internal */
  disconnectedCallback(): void {
    this.settleSoon();
  }

  /** @internal */
  attributeChangedCallback(name: string, last: string | null, value: string | null): void {
    if (last === value || !this.mounted) return;
    if (LINK_ATTRIBUTES.includes(name)) this.mount();
    else this.mounted.setAttribute(name, value ?? undefined);
  }

  /** Those that were set before the element was defined hide what they should have called. */
  private adoptProperties(): void {
    for (const name of PROPERTIES) {
      const own = Object.getOwnPropertyDescriptor(this, name);
      if (!own) continue;
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, own.value);
    }
  }

  /** An element that is taken out and put in elsewhere at once keeps what it shows. */
  private settleSoon(): void {
    if (this.isSettling) return;
    this.isSettling = true;
    queueMicrotask(() => {
      this.isSettling = false;
      this.settle();
    });
  }

  private settle(): void {
    if (!this.isConnected) {
      this.stop?.();
      this.stop = undefined;
      this.unmount();
    } else if (!this.stop) {
      this.stop = listen(registry.onClient, () => this.mount());
      this.mount();
    }
  }

  private mount(): void {
    this.unmount();
    const { started, stylesheet } = registry;
    const loaded = started?.loaded;
    if (!loaded || !('EmbeddedView' in loaded) || !stylesheet || !hasClient()) return;
    const address = (place: string, liveId: string | null) => this.address(place, liveId);
    const go = (place: string, liveId: string | null) => this.go(place, liveId);
    this.mounted = new loaded.EmbeddedView(
      this.view,
      this.inside(stylesheet),
      address,
      go,
      (frame: EventFrame<EventName>) =>
        this.dispatchEvent(new CustomEvent(domName(frame.type), { detail: frame })),
    );
    for (const name of VIEW_ATTRIBUTES)
      this.mounted.setAttribute(name, this.getAttribute(name) ?? undefined);
  }

  private unmount(): void {
    const { mounted } = this;
    this.mounted = undefined;
    if (registry.panic === undefined) mounted?.free();
  }

  private inside(stylesheet: CSSStyleSheet): HTMLElement {
    if (!this.shadowRoot) {
      const root = this.attachShadow({ mode: 'open' });
      root.adoptedStyleSheets = [stylesheet];
      root.append(document.createElement('div'));
    }
    return this.shadowRoot?.firstElementChild as HTMLElement;
  }

  private address(place: string, liveId: string | null): string {
    return place === 'live'
      ? this.liveHref.replaceAll('{liveId}', encodeURIComponent(liveId ?? ''))
      : this.lobbyHref;
  }

  private go(place: string, liveId: string | null): void {
    const [name, detail] = place === 'live' ? ['liveChosen', { liveId }] : ['lobbyChosen', {}];
    const isWanted = this.dispatchEvent(
      new CustomEvent(name as string, { detail, bubbles: true, composed: true, cancelable: true }),
    );
    if (isWanted) globalThis.location.assign(this.address(place, liveId));
  }
}

export interface DuelcastElement {
  /** For our events, typed by their names. */
  addEventListener<Name extends keyof ElementEventMap>(
    name: Name,
    listener: (this: this, event: ElementEventMap[Name]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  /** For all other events. */
  addEventListener(
    name: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

function server(): string {
  return (registry.options.url ?? globalThis.location.origin).replace(/\/$/, '');
}

function domName(type: EventName): string {
  return type.charAt(2).toLowerCase() + type.slice(3);
}

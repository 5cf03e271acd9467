/** Listening to any store, typed by what that store tells. */
import type { EventFrame, EventName } from '../types.js';

/** A store with events. */
export interface Telling {
  on(name: never, listener: never): () => void;
}

/** The names of a store's events. */
export type Told<Store extends Telling> = Extract<Parameters<Store['on']>[0], EventName>;

/** @internal */
export function hear<Name extends EventName>(
  store: Telling,
  name: Name,
  listener: (event: EventFrame<Name>) => void,
): () => void {
  const { on } = store as {
    on(name: Name, listener: (event: EventFrame<Name>) => void): () => void;
  };
  return on.call(store, name, listener);
}

/** The two forms of the wasm. The one with elements can do all that the other can. @internal */
import type * as Headless from './wasm/duelcast.js';
import type * as WithElements from './wasm/elements.js';

/** @internal */
export type LoadedBuild = typeof Headless | typeof WithElements;

/** @internal */
export interface Build {
  readonly hasElements: boolean;
  load(): Promise<LoadedBuild>;
  /** Fetches what it is shown with. */
  loadStyles?(): Promise<void>;
}

/** @internal */
export const headless: Build = { hasElements: false, load: () => import('./wasm/duelcast.js') };

/** The app's styles: a file beside this module, fetched once for all elements of the page. */
import { registry } from '../core.js';

/** What the file begins with, and neither another page nor what a bundler made of it. */
const BEGINNING = ':host';

/** @internal */
export async function loadStylesheet(): Promise<void> {
  if (registry.stylesheet) return;
  // Bundlers have rules for what ends with `.css`, and would make a module of it.
  const address = registry.options.stylesheet ?? new URL('./elements.css.txt', import.meta.url);
  const response = await fetch(address);
  const css = await response.text();
  if (!response.ok || !css.startsWith(BEGINNING))
    throw new Error(`${address} is not the elements' stylesheet`);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  registry.stylesheet = sheet;
}

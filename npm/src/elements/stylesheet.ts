/** The app's styles, parsed once for all elements of the page. */
import { css } from './styles.js';

let shared: CSSStyleSheet | undefined;

/** @internal */
export function stylesheet(): CSSStyleSheet {
  if (!shared) {
    shared = new CSSStyleSheet();
    shared.replaceSync(css);
  }
  return shared;
}

/** Written by scripts/styles.mjs. */
export const css: string;

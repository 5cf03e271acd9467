/**
 * All that the entries share. They import it from here and nowhere else: it becomes one file, so whatever a page imports, it loads
 * that once.
 */
export * from './error.js';
export * from './registry.js';
export * from './runtime.js';
export * from './share.js';
export * from './stores/hear.js';
export * from './stores/index.js';

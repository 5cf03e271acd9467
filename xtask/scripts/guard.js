// A release build panics by a trap: no hook runs, and the module's stack pointer is not set back. So a trap, of whatever kind, is
// told once, when the outermost call has ended, and the module is not called again. Until the outermost call has ended a further
// call throws the same error, lest a module that took it for an exception of the page goes on; after that it does nothing.
let listener;
let trap;
let depth = 0;

/** From now on `heard` hears of a trap: the error, with its stack. */
export function onPanic(heard) {
  listener = heard;
}

/** What a module exports, guarded. */
export function guarded(exports) {
  const entries = Object.entries(exports);
  return Object.fromEntries(
    entries.map(([name, it]) => [name, typeof it === 'function' ? guard(it) : it]),
  );
}

function guard(call) {
  return (...args) => {
    if (trap) {
      if (depth > 0) throw trap;
      // Some callers read several values, and take what is not there for "all went well".
      return [];
    }
    depth += 1;
    try {
      return call(...args);
    } catch (error) {
      if (isTrap(error)) trap ??= error;
      throw error;
    } finally {
      depth -= 1;
      if (trap && depth === 0) listener?.(trap);
    }
  };
}

/** Other errors are exceptions of the page that pass through the module. */
function isTrap(error) {
  if (error instanceof WebAssembly.RuntimeError) return true;
  return error instanceof Error && /^(Maximum call stack|too much recursion)/.test(error.message);
}

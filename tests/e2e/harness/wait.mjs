// Waiting for something to become true. Never for a span of time.

const POLL_MS = 50;

/**
 * Calls `look` until it returns something truthy, and gives that; throws what it threw last, or says what was waited for.
 * @template T
 * @param {string} what
 * @param {() => T | Promise<T>} look
 * @returns {Promise<T>}
 */
export async function eventually(what, look, timeoutMs = 15_000) {
  const deadline = Date.now() + timeoutMs;
  let lastError;
  do {
    try {
      const found = await look();
      if (found) return found;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  } while (Date.now() < deadline);
  throw new Error(`waited ${timeoutMs} ms for ${what}`, { cause: lastError });
}

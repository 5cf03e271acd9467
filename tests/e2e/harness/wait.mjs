// Polling for a condition instead of sleeping.

const POLL_MS = 50;

/**
 * Calls `look` until it returns something truthy, and returns that; on timeout throws the last
 * error, or names the condition.
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

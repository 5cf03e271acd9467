// Tokens and secrets of a test's own server.
import { randomBytes } from 'node:crypto';

import { mint } from '../../../examples/tokens/mint.mjs';

const LIFETIME_S = 24 * 3600;

/** A token for a user by an API key, `KEY_ID:SECRET`; `claims` are further ones such as `name` or `createLive`. */
export function signToken(apiKey, userId, claims = {}) {
  const [keyId, secret] = apiKey.split(':');
  return mint(keyId, secret, { sub: userId, ...claims }, LIFETIME_S);
}

/** A random secret of 256 bits. */
export function newSecret() {
  return randomBytes(32).toString('base64');
}

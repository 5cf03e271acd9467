// Signs tokens with an API key, as a back end does.
// Usage: node token.mjs KEY_ID:SECRET USER_ID GRANT…   prints a token
//        node token.mjs --new-secret                   prints a secret
import { randomBytes } from 'node:crypto';
import { pathToFileURL } from 'node:url';

import { mint } from '../../examples/tokens/mint.mjs';

const LIFETIME_S = 30 * 24 * 3600;

/** A token (JWT, HS256) for a user; `claims` are further ones such as `name` or `createLive`. */
export function signToken(apiKey, userId, claims = {}) {
  const [keyId, secret] = split(apiKey);
  return mint(keyId, secret, { sub: userId, ...claims }, LIFETIME_S);
}

/** A random secret of 256 bits. */
export function newSecret() {
  return randomBytes(32).toString('base64');
}

function split(apiKey) {
  const colon = apiKey.indexOf(':');
  if (colon < 1) throw new Error('an API key is KEY_ID:SECRET');
  return [apiKey.slice(0, colon), apiKey.slice(colon + 1)];
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [first, userId, ...grants] = process.argv.slice(2);
  const granted = Object.fromEntries(grants.map((grant) => [grant, true]));
  console.log(first === '--new-secret' ? newSecret() : signToken(first, userId, granted));
}

// Mints a token offline, without dependencies: node mint.mjs KEY_ID:SECRET USER_ID [create-live] [service]
import { createHmac } from 'node:crypto';
import { argv, stdout } from 'node:process';
import { pathToFileURL } from 'node:url';

const HOUR_S = 3600;

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A JWT (HS256) with these claims, signed by an API key. */
export function mint(keyId, secret, claims, lifetimeS = HOUR_S) {
  const exp = Math.floor(Date.now() / 1000) + lifetimeS;
  const body = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ iss: keyId, exp, ...claims })}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}

if (argv[1] && import.meta.url === pathToFileURL(argv[1]).href) {
  const [key, user, ...grants] = argv.slice(2);
  const separator = key.indexOf(':');
  const claims = {
    sub: user,
    name: user,
    createLive: grants.includes('create-live'),
    service: grants.includes('service'),
  };
  stdout.write(`${mint(key.slice(0, separator), key.slice(separator + 1), claims)}\n`);
}

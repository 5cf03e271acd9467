// Webhooks, verified with the official library of the Standard Webhooks specification.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';

import { Webhook } from 'standardwebhooks';

import { newSecret } from './harness/token.mjs';
import { connect, eventually, startServer } from './harness.mjs';

let server;
let receiver;
let ann;

before(async () => {
  receiver = await startReceiver();
  server = await startServer({ flags: ['--webhook-allow-private'] });
  ann = await connect(server, 'hook-a');
});

after(async () => {
  ann?.close();
  await server?.dispose();
  receiver?.stop();
});

test('the official library verifies the signature, and both signatures while a secret is rotated', async () => {
  const put = (body) => server.rest('PUT', '/v1/webhooks/node', { url: receiver.url, ...body });
  const { secret } = await put({});
  const { live } = await ann.call('createLive', { liveName: 'Hooks' });
  const first = await receiver.nth(0);
  assert.equal(new Webhook(secret).verify(first.body, first.headers).type, 'live.started');
  assert.throws(() =>
    new Webhook(secret).verify(first.body.replace('Hooks', 'Books'), first.headers),
  );

  const later = `whsec_${newSecret()}`;
  await put({ secret: later });
  await ann.call('endLive', { liveId: live.liveId });
  const second = await receiver.nth(1);
  for (const either of [secret, later]) {
    assert.equal(new Webhook(either).verify(second.body, second.headers).type, 'live.ended');
  }
});

/** A back end that records the requests it receives. */
async function startReceiver() {
  const received = [];
  const http = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    received.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
    response.writeHead(204).end();
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  return {
    url: `http://127.0.0.1:${http.address().port}/hook`,
    nth: (index) => eventually(`webhook ${index}`, () => received[index]),
    stop: () => http.close(),
  };
}

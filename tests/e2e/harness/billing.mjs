// The billing example. It and the server need each other's address, so the server's port is chosen
// first.
import { newSecret } from './token.mjs';
import { startProcess } from './process.mjs';
import { freePort, startServer } from './server.mjs';

/** Starts a server whose gifts are scored by the billing example. */
export async function startBilling({ flags = [] } = {}) {
  const [port, billingPort] = [await freePort(), await freePort()];
  const secret = `whsec_${newSecret()}`;
  const webhook = `http://127.0.0.1:${billingPort}/webhook`;
  const webhookFlags = [
    '--webhook',
    webhook,
    '--webhook-secret',
    secret,
    '--webhook-allow-private',
  ];
  const server = await startServer({ port, flags: [...flags, ...webhookFlags] });
  const args = ['--listen', `127.0.0.1:${billingPort}`, '--server', server.url];
  const env = { BILLING_TOKEN: server.serviceToken(), BILLING_WEBHOOK_SECRET: secret };
  const billing = await startProcess(process.env.DUELCAST_BILLING, args, env);
  return {
    server,
    billing,
    async dispose() {
      await billing.stop();
      await server.dispose();
    },
  };
}

import { X509Certificate } from 'node:crypto';
import { connect } from 'node:tls';
import { expect, test } from 'vitest';
import { createAuthority, openAuthority } from '../certs/authority.ts';
import { createLog } from '../observability/log.ts';
import { serveHttps } from './https-server.ts';

const log = createLog({ level: 'silent' });

test('another certificate is served to who comes from then on, without a restart', async () => {
  const authority = openAuthority(await createAuthority());
  const [first, second] = [
    await authority.issue(['localhost', '127.0.0.1']),
    await authority.issue(['localhost', '127.0.0.1']),
  ];
  let pair = first;
  const server = await serveHttps({
    listen: { host: '127.0.0.1', port: 0 },
    certificates: {
      caFile: '',
      current: () => Promise.resolve(pair),
      // Who names no host gets the server's own context.
      sni: (_name, done) => done(null),
      trusts: () => false,
    },
    dispatch: {
      request: (_request, response) => void response.end(),
      upgrade: (_request, client) => void client.stream.destroy(),
    },
    renewalCheckMs: 20,
    log,
  });
  const served = async (): Promise<string | undefined> =>
    await new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port: server.port, ca: authority.cert }, () => {
        resolve(socket.getPeerX509Certificate()?.fingerprint256);
        socket.destroy();
      });
      socket.on('error', reject);
    });
  try {
    expect(await served()).toBe(new X509Certificate(first.cert).fingerprint256);
    pair = second;
    await expect.poll(served, { timeout: 30_000 }).toBe(new X509Certificate(second.cert).fingerprint256);
  } finally {
    await server.close();
  }
});

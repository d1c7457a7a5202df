import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createNamespace } from '#test/create-namespace.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { portForwardTransport } from './port-forward.ts';
import type { Transport } from './transport.ts';
import { TunnelAgent } from './tunnel-agent.ts';
import { TunnelError } from './tunnel-error.ts';

let namespace: TestNamespace & AsyncDisposable;
let transport: Transport;
const pod = 'echo';

beforeAll(async () => {
  namespace = await createNamespace(inject('kubeconfigPath'));
  transport = portForwardTransport(namespace.kubeConfig);
  await namespace.core.createNamespacedPod({
    namespace: namespace.name,
    body: {
      metadata: { name: pod },
      spec: {
        terminationGracePeriodSeconds: 0,
        containers: [
          {
            name: 'echo',
            image: 'guildnet.local/echo:1',
            readinessProbe: { httpGet: { path: '/', port: 8080 }, periodSeconds: 1 },
          },
        ],
      },
    },
  });
  const deadline = Date.now() + 60_000;
  for (;;) {
    const { status } = await namespace.core.readNamespacedPod({ namespace: namespace.name, name: pod });
    if (status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True') === true) break;
    if (Date.now() > deadline) throw new Error('The pod did not get ready.');
    await delay(50);
  }
});
afterAll(async () => {
  await namespace[Symbol.asyncDispose]();
});

const open = (port = 8080, name = pod) => transport.open({ namespace: namespace.name, pod: name, port });

test('what is written before it is connected arrives, and the far end ends the stream', async () => {
  const tunnel = open();
  expect(tunnel.connecting).toBe(true);
  tunnel.write('GET /first HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  const answer = await text(tunnel);
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(answer).toContain('"url":"/first"');
  expect(tunnel.connecting).toBe(false);
});

test.each([
  ['a port on which nothing listens', 9, pod, 'refused', 'ECONNREFUSED'],
  ['a pod that is not there', 8080, 'nobody', 'gone', 'EHOSTUNREACH'],
])('%s is told as such', async (_what, port, name, failure, code) => {
  const tunnel = open(port, name);
  tunnel.write('x');
  const [error] = (await once(tunnel, 'error')) as [TunnelError];
  expect(error).toBeInstanceOf(TunnelError);
  expect(error).toMatchObject({ failure, code });
});

test('an API server that is not there is told as such', async () => {
  const config = new (namespace.kubeConfig.constructor as new () => typeof namespace.kubeConfig)();
  config.loadFromOptions({
    clusters: [{ name: 'c', server: 'https://127.0.0.1:1', skipTLSVerify: true }],
    users: [{ name: 'u' }],
    contexts: [{ name: 'x', cluster: 'c', user: 'u' }],
    currentContext: 'x',
  });
  const tunnel = portForwardTransport(config).open({ namespace: 'n', pod: 'p', port: 1 });
  const [error] = (await once(tunnel, 'error')) as [TunnelError];
  expect(error).toMatchObject({ failure: 'offline' });
});

test('a tunnel that is given up while it connects ends at once', async () => {
  const tunnel = open();
  tunnel.destroy();
  await once(tunnel, 'close');
  expect(tunnel.destroyed).toBe(true);
});

test('50 MB go up unharmed', async () => {
  const agent = new TunnelAgent({ open, scheme: 'http', keepAlive: true });
  const block = randomBytes(1_000_000);
  const hash = createHash('sha256');
  const upload = request({ agent, method: 'POST', path: '/up', host: 'x', port: 8080 });
  const answered = once(upload, 'response') as Promise<[IncomingMessage]>;
  for (let count = 0; count < 50; count += 1) {
    hash.update(block);
    if (!upload.write(block)) await once(upload, 'drain');
  }
  upload.end();
  const [response] = await answered;
  expect(JSON.parse(await text(response))).toMatchObject({ bodyLength: 50_000_000, bodySha256: hash.digest('hex') });
  agent.destroy();
});

test('a kept tunnel serves many requests, is let go when unused, and leaves no listener behind', async () => {
  const agent = new TunnelAgent({ open, scheme: 'http', keepAlive: true });
  for (let count = 0; count < 30; count += 1) {
    const call = request({ agent, path: `/n${String(count)}`, host: 'x', port: 8080 });
    call.end();
    const [response] = (await once(call, 'response')) as [IncomingMessage];
    expect(call.reusedSocket).toBe(count > 0);
    expect(call.socket?.listenerCount('timeout')).toBeLessThan(5);
    await text(response);
    // The socket is put back a turn after the end.
    await delay(0);
  }
  expect(agent.size).toBe(1);
  const deadline = Date.now() + 10_000;
  while (agent.size > 0 && Date.now() < deadline) await delay(50);
  expect(agent.size).toBe(0);
  agent.destroy();
});

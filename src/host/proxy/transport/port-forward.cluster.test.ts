import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createNamespace } from '#test/create-namespace.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { startWebSocketGateway } from '#test/kube/websocket-gateway.ts';
import { plainAccess } from '#test/plain-access.ts';
import { createClusterAccess } from '../../kube/access/cluster-access.ts';
import type { ClusterAccess } from '../../kube/access/cluster-access.ts';
import { loadKubeconfig } from '../../kube/kubeconfig/load.ts';
import { createLog } from '../../observability/log.ts';
import { portForwardTransport } from './port-forward.ts';
import type { ForwardProtocol, PortForward } from './port-forward.ts';
import { TunnelAgent } from './tunnel-agent.ts';
import { TunnelError } from './tunnel-error.ts';

let namespace: TestNamespace & AsyncDisposable;
let access: ClusterAccess;
const pod = 'echo';

beforeAll(async () => {
  namespace = await createNamespace(inject('kubeconfigPath'));
  access = createClusterAccess(await loadKubeconfig(namespace.kubeconfigPath));
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

const log = createLog({ level: 'silent' });

describe.each<ForwardProtocol>(['auto', 'channels'])('%s', (protocol) => {
  let transport: PortForward;
  beforeAll(() => {
    transport = portForwardTransport(access, log, protocol);
  });
  afterAll(() => transport.close());
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
    const nowhere = plainAccess('http://127.0.0.1:1');
    const tunnel = portForwardTransport(nowhere, log, protocol).open({ namespace: 'n', pod: 'p', port: 1 });
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

  test('a tunnel that is let go, in the middle or at its end, leaves a session that the next one uses', async () => {
    const sessions = apiConnections();
    for (let count = 0; count < 4; count += 1) {
      const download = open();
      download.write('GET /bytes/200000000 HTTP/1.1\r\nHost: x\r\n\r\n');
      await once(download, 'data');
      download.destroy();
      const next = open();
      next.write('GET /after HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
      expect(await text(next)).toContain('"url":"/after"');
    }
    // With channels each tunnel has a connection of its own, which ends with it.
    await expect.poll(() => apiConnections() - sessions).toBeLessThanOrEqual(2);
  });

  test('a reader that stops stops the pod, and nobody else', async () => {
    const stopped = open();
    stopped.write('GET /bytes/200000000 HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(stopped, 'readable');
    const held = process.memoryUsage().arrayBuffers;
    const others = await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        const other = open();
        other.write(`GET /n${String(index)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
        return text(other);
      }),
    );
    expect(others.every((answer, index) => answer.includes(`"url":"/n${String(index)}"`))).toBe(true);
    expect(process.memoryUsage().arrayBuffers - held).toBeLessThan(20_000_000);
    stopped.destroy();
  });

  test('what ends with the transport ends at once', async () => {
    const own = portForwardTransport(access, log, protocol);
    const tunnel = own.open({ namespace: namespace.name, pod, port: 8080 });
    tunnel.write('GET /slow?ms=60000 HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(tunnel, 'connect');
    const ended = new Promise<void>((resolve) => tunnel.once('close', resolve));
    const errors: Error[] = [];
    tunnel.on('error', (error) => errors.push(error));
    own.close();
    await ended;
    expect(errors).toMatchObject([{ failure: 'lost' }]);
  });
});

test('where SPDY is not let through, channels are', async () => {
  await using gateway = await startWebSocketGateway(access);
  const lines: string[] = [];
  const told = createLog({ level: 'info', destination: { write: (line) => lines.push(line) } });
  const transport = portForwardTransport(plainAccess(gateway.url), told);
  for (let count = 0; count < 2; count += 1) {
    const tunnel = transport.open({ namespace: namespace.name, pod, port: 8080 });
    tunnel.write('GET /by-channels HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(await text(tunnel)).toContain('"url":"/by-channels"');
  }
  // Asked once, and remembered.
  expect(gateway.refused()).toBe(1);
  expect(lines).toHaveLength(1);
  transport.close();
});

/** How many TCP connections this process has open. */
function apiConnections(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
}

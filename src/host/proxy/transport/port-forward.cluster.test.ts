import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { TransportKind } from '#contract/transport.ts';
import { createNamespace } from '#test/create-namespace.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { startWebSocketGateway } from '#test/kube/websocket-gateway.ts';
import type { AskedProtocol, Treatment } from '#test/kube/websocket-gateway.ts';
import { limitedKubeconfig } from '#test/limited-kubeconfig.ts';
import { plainAccess } from '#test/plain-access.ts';
import { createClusterAccess } from '../../kube/access/cluster-access.ts';
import type { ClusterAccess } from '../../kube/access/cluster-access.ts';
import { systemClock } from '../../kube/clock.ts';
import { loadKubeconfig } from '../../kube/kubeconfig/load.ts';
import { createLog } from '../../observability/log.ts';
import { portForwardTransport } from './port-forward.ts';
import type { PortForward } from './port-forward.ts';
import type { TunnelTarget } from './transport.ts';
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
      metadata: { name: pod, labels: { app: pod } },
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

describe.each<TransportKind>(['spdy', 'spdy-websocket', 'channels'])('%s', (kind) => {
  const ways = { ways: [kind] };
  let transport: PortForward;
  beforeAll(() => {
    transport = portForwardTransport(access, log, ways);
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
    const tunnel = portForwardTransport(nowhere, log, ways).open({ namespace: 'n', pod: 'p', port: 1 });
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
    const own = portForwardTransport(access, log, ways);
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

test.each<TransportKind>(['spdy', 'spdy-websocket'])(
  'small answers stand side by side on one session of %s, until one of them is more than that',
  async (kind) => {
    const transport = portForwardTransport(access, log, { ways: [kind] });
    const target = { namespace: namespace.name, pod, port: 8080 };
    (await transport.prepare(target)).discard();
    const sessions = apiConnections();
    const lines = Array.from({ length: 8 }, () => {
      const heard: string[] = [];
      let reads = true;
      const line = transport.share(target)?.begin({
        data: (bytes) => heard.push(String(bytes)) > 0 && reads,
        end: () => heard.push('end'),
        fail: (error) => heard.push(error.message),
        drained: () => undefined,
      });
      if (line === undefined) throw new Error('None can be shared.');
      const get = (path: string): boolean => line.write(Buffer.from(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`));
      return { heard, line, get, stop: () => void (reads = false) };
    });
    for (let round = 0; round < 20; round += 1) {
      for (const [index, { get }] of lines.entries()) get(`/${String(index)}/${String(round)}`);
      // Each in one piece.
      await expect.poll(() => lines.every(({ heard }) => heard.length === round + 1)).toBe(true);
      for (const [index, { heard }] of lines.entries())
        expect(heard[round]).toContain(`"url":"/${String(index)}/${String(round)}"`);
    }
    expect(apiConnections()).toBe(sessions);
    const [long, ...others] = lines;
    long?.stop();
    expect(lines.map(({ line }) => line.weigh?.()).filter((weighs) => weighs)).toHaveLength(1);
    long?.get('/bytes/200000000');
    await expect.poll(() => long?.heard.length).toBeGreaterThan(20);
    for (const { get } of others) get('/beside');
    const told = (): boolean => others.every(({ heard }) => heard[20]?.includes('was not read') === true);
    await expect.poll(told, { timeout: 10_000 }).toBe(true);
    transport.close();
  },
);

/** One request, and the beginning of its answer. */
async function ask(transport: PortForward, path: string): Promise<string> {
  const tunnel = transport.open({ namespace: namespace.name, pod, port: 8080 });
  tunnel.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  return text(tunnel);
}

/** What a gateway does with each protocol, by which way requests go then, and what is said of the first one. */
const gateways: [string, Partial<Record<AskedProtocol, Treatment>>, TransportKind, RegExp | undefined][] = [
  ['passes everything', {}, 'spdy', undefined],
  ['passes WebSockets only', { spdy: 'refuse' }, 'spdy-websocket', /no/],
  ['passes no SPDY', { spdy: 'refuse', 'spdy-websocket': 'refuse' }, 'channels', /no/],
  ['answers with a page', { spdy: 'page' }, 'spdy-websocket', /answered with a page \(200\)/],
  ['hangs up', { spdy: 'hang-up' }, 'spdy-websocket', /hang up|ECONNRESET/],
  ['grants and closes', { spdy: 'mute' }, 'spdy-websocket', /granted, and then nothing/],
  ['grants and says nothing', { spdy: 'deaf' }, 'spdy-websocket', undefined],
  ['neither grants nor refuses', { spdy: 'silent' }, 'spdy-websocket', undefined],
  ['grants SPDY and closes, in WebSockets too', { spdy: 'mute', 'spdy-websocket': 'mute' }, 'channels', /granted/],
  ['lets no upgrade through', { spdy: 'refuse', 'spdy-websocket': 'page', channels: 'hang-up' }, 'pod-proxy', /no/],
];

test.each(gateways)(
  'behind a gateway that %s requests get there all the same, and it is said why',
  async (_what, how, kind, why) => {
    await using gateway = await startWebSocketGateway(access);
    gateway.treat = (protocol) => how[protocol] ?? 'pass';
    const transport = portForwardTransport(plainAccess(gateway.url), log);
    try {
      for (let count = 0; count < 3; count += 1)
        expect(await ask(transport, `/n${String(count)}`)).toContain(`"url":"/n${String(count)}"`);
      const status = transport.status();
      expect(status.kind).toBe(kind);
      if (why !== undefined) expect(status.ways[0]).toMatchObject({ state: 'shut', why: expect.stringMatching(why) });
      // Asked once, and remembered.
      const before = gateway.refused();
      expect(await ask(transport, '/again')).toContain('"url":"/again"');
      expect(gateway.refused()).toBe(before);
    } finally {
      transport.close();
    }
  },
);

test('a gateway that ends each connection after some bytes is left for the next way, and what fits gets there', async () => {
  await using gateway = await startWebSocketGateway(access);
  gateway.treat = (protocol) => (protocol === 'channels' ? 'pass' : { cut: 100_000 });
  let now = 0;
  const clock = { now: () => now, after: systemClock.after };
  const transport = portForwardTransport(plainAccess(gateway.url), log, { clock });
  const download = async (): Promise<number> => {
    const tunnel = transport.open({ namespace: namespace.name, pod, port: 8080 });
    tunnel.write('GET /bytes/1000000 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    let size = 0;
    tunnel.on('data', (chunk: Buffer) => (size += chunk.length));
    const ended = new Promise<void>((resolve) => tunnel.once('close', () => resolve()));
    tunnel.on('error', () => undefined);
    await ended;
    return size;
  };
  try {
    const sizes: number[] = [];
    for (let tries = 0; tries < 12; tries += 1) {
      sizes.push(await download());
      // Cuts of one moment are one; these are minutes of somebody's patience apart.
      now += 5_000;
      if ((sizes.at(-1) ?? 0) > 1_000_000) break;
    }
    expect(sizes.at(-1)).toBeGreaterThan(1_000_000);
    expect(sizes.slice(0, -1).every((size) => size < 200_000)).toBe(true);
    expect(transport.status()).toMatchObject({
      kind: 'channels',
      ways: [{ state: 'shut' }, { state: 'shut' }, {}, {}],
    });
  } finally {
    transport.close();
  }
});

test('a gateway that is mended is noticed, without anybody waiting for it', async () => {
  await using gateway = await startWebSocketGateway(access);
  let now = 0;
  const clock = { now: () => now, after: systemClock.after };
  const transport = portForwardTransport(plainAccess(gateway.url), log, { clock });
  try {
    expect(await ask(transport, '/a')).toContain('"url":"/a"');
    expect(transport.status().kind).toBe('spdy-websocket');
    gateway.treat = () => 'pass';
    now += 61_000;
    expect(await ask(transport, '/b')).toContain('"url":"/b"');
    await expect.poll(() => transport.status().kind, { timeout: 30_000 }).toBe('spdy');
    expect(await ask(transport, '/c')).toContain('"url":"/c"');
  } finally {
    transport.close();
  }
});

describe('the pod-proxy subresource', () => {
  let transport: PortForward;
  beforeAll(() => {
    transport = portForwardTransport(access, log, { ways: ['pod-proxy'] });
  });
  afterAll(() => transport.close());
  const open = (port = 8080, name = pod) => transport.open({ namespace: namespace.name, pod: name, port });

  test('requests arrive, one after the other on one tunnel, with nothing of ours for the program to see', async () => {
    const agent = new TunnelAgent({ open, scheme: 'http', keepAlive: true });
    for (let count = 0; count < 3; count += 1) {
      const call = request({ agent, path: `/p${String(count)}?a&&b=%2F`, host: 'x', port: 8080 });
      call.end();
      const [response] = (await once(call, 'response')) as [IncomingMessage];
      const seen = JSON.parse(await text(response)) as { url: string; headers: Record<string, string> };
      expect(seen.url).toBe(`/p${String(count)}?a&&b=%2F`);
      expect(JSON.stringify(seen.headers)).not.toMatch(/bearer|impersonate/i);
    }
    agent.destroy();
  });

  test('a body of 20 MB goes up unharmed', async () => {
    const agent = new TunnelAgent({ open, scheme: 'http', keepAlive: false });
    const body = randomBytes(20_000_000);
    const upload = request({ agent, method: 'POST', path: '/up', host: 'x', port: 8080 });
    const answered = once(upload, 'response') as Promise<[IncomingMessage]>;
    upload.end(body);
    const [response] = await answered;
    const bodySha256 = createHash('sha256').update(body).digest('hex');
    expect(JSON.parse(await text(response))).toMatchObject({ bodyLength: body.length, bodySha256 });
    agent.destroy();
  });

  test.each([
    ['a port on which nothing listens', 9, pod, 'refused'],
    ['a pod that is not there', 8080, 'nobody', 'gone'],
  ])('%s is told as such', async (_what, port, name, failure) => {
    const tunnel = open(port, name);
    tunnel.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    const [error] = (await once(tunnel, 'error')) as [TunnelError];
    expect(error).toMatchObject({ failure });
  });

  test('an upgrade is refused with the reason, and what is no HTTP as well', async () => {
    const upgraded = open();
    upgraded.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    expect((await once(upgraded, 'error'))[0]).toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('WebSockets'),
    });
    const other = open();
    other.write('\u0000\u0001\u0002\u0003SSH-2.0-x\r\n');
    expect((await once(other, 'error'))[0]).toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('Only HTTP'),
    });
  });
});

test('what the rights leave is used: pods/proxy where port-forward is forbidden', async () => {
  await using file = await limitedKubeconfig(namespace, [
    { apiGroups: [''], resources: ['pods/proxy'], verbs: ['get', 'create', 'update', 'patch', 'delete'] },
  ]);
  const limited = createClusterAccess(await loadKubeconfig(file.path));
  const transport = portForwardTransport(limited, log);
  try {
    expect(await ask(transport, '/limited')).toContain('"url":"/limited"');
    expect(transport.status()).toMatchObject({
      kind: 'pod-proxy',
      why: expect.stringContaining('spdy: The cluster does not allow it to us.'),
    });
  } finally {
    transport.close();
    limited.close();
  }
});

test('without the API server pods are dialled at an address, and what cannot be reached is told', async () => {
  // Pods' own addresses are inside the test cluster's network, of which this machine sees the node alone.
  const { status } = await namespace.core.readNamespacedPod({ namespace: namespace.name, name: pod });
  const host = status?.hostIP ?? '';
  const { spec } = await namespace.core.createNamespacedService({
    namespace: namespace.name,
    body: {
      metadata: { name: pod },
      spec: { type: 'NodePort', selector: { app: pod }, ports: [{ port: 8080 }] },
    },
  });
  const nodePort = spec?.ports?.[0]?.nodePort ?? 0;
  const addresses = ({ port }: TunnelTarget) => [{ host, port: port === 8080 ? nodePort : port }];
  const direct = portForwardTransport(access, log, { ways: ['direct'], addresses });
  try {
    // The node learns of the Service a moment later.
    await expect.poll(() => ask(direct, '/direct').catch(String), { timeout: 60_000 }).toContain('"url":"/direct"');
    expect(direct.status()).toMatchObject({ kind: 'direct', losses: [] });
    const refused = direct.open({ namespace: namespace.name, pod, port: 9 });
    expect((await once(refused, 'error'))[0]).toMatchObject({ failure: 'refused' });
  } finally {
    direct.close();
  }
});

/** How many TCP connections this process has open. */
function apiConnections(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
}

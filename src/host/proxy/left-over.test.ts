import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { startFront } from '#test/proxy/front.ts';
import type { Front, FrontOptions } from '#test/proxy/front.ts';
import { startManyManneredServer } from '#test/proxy/leaks/many-mannered-server.ts';
import type { ManyManneredServer } from '#test/proxy/leaks/many-mannered-server.ts';
import { startHostileServer } from '#test/proxy/hostile-server.ts';
import { openHttp2 } from '#test/proxy/http2-client.ts';
import { openRaw } from '#test/proxy/raw-client.ts';
import type { RawConnection } from '#test/proxy/raw-client.ts';

// Many connections in one process, on machines that do much else besides.
vi.setConfig({ testTimeout: 60_000 });

const owned = new Set<AsyncDisposable>();
afterEach(async () => {
  for (const each of [...owned].toReversed()) await each[Symbol.asyncDispose]();
  owned.clear();
});

async function ground(options: FrontOptions = {}): Promise<{ front: Front; server: ManyManneredServer }> {
  const server = await startManyManneredServer();
  owned.add(server);
  const front = await startFront(server.port, options);
  owned.add(front);
  return { front, server };
}

const upgradeOf = (front: Front, path: string): string =>
  `GET ${path} HTTP/1.1\r\nHost: ${front.authority('w')}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`;

const until = async (what: string, condition: () => boolean): Promise<void> => {
  await waitUntil(() => Promise.resolve(condition()), { what, timeoutMs: 10_000 });
};

test('60 WebSockets that are never answered leave nothing when their clients leave', async () => {
  const { front, server } = await ground();
  const clients: RawConnection[] = [];
  for (let count = 0; count < 60; count += 1) {
    const client = await openRaw(front);
    client.socket.write(upgradeOf(front, '/never'));
    clients.push(client);
  }
  await until('all to have a tunnel', () => server.connections === 60);
  for (const client of clients) client.close();
  await until('all tunnels to be let go', () => server.connections === 0 && front.tunnels === 0);
  expect([server.connections, front.tunnels]).toEqual([0, 0]);
});

test('a client of HTTP/2 that leaves is not asked for again, on another tunnel', async () => {
  const heads: string[] = [];
  const server = await startHostileServer((head) => {
    if (head !== '') heads.push(head.split(' ')[1] ?? '');
    return head.startsWith('GET /kept ')
      ? { bytes: Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'), after: 'stay' }
      : undefined;
  });
  owned.add(server);
  const front = await startFront(server.port);
  owned.add(front);
  const client = await openHttp2(front);
  expect((await client.ask({ headers: { ':path': '/kept' } })).outcome.kind).toBe('complete');
  expect((await client.ask({ headers: { ':path': '/never' }, patience: 500 })).outcome.kind).toBe('silent');
  await until('the tunnel to be let go', () => server.connections === 0);
  expect((await client.ask({ headers: { ':path': '/kept' } })).outcome.kind).toBe('complete');
  expect(heads).toEqual(['/kept', '/never', '/kept']);
  client.close();
});

test('a WebSocket that is never answered is told so after a while, and its tunnel let go', async () => {
  const { front, server } = await ground({ limits: { upgradeMs: 200 } });
  const client = await openRaw(front);
  const answer = await client.ask({ bytes: upgradeOf(front, '/never'), upgrade: true });
  expect(answer).toMatchObject({ kind: 'complete', head: { status: 504 } });
  await until('the tunnel to be let go', () => server.connections === 0 && front.tunnels === 0);
  client.close();
});

describe.each([
  ['an upgrade', (front: Front) => upgradeOf(front, '/endless')],
  ['a request', (front: Front) => `GET /endless HTTP/1.1\r\nHost: ${front.authority('w')}\r\n\r\n`],
])('an endless answer to %s whose client does not read', (_what, bytesOf) => {
  test('is held back, and ends with the client', async () => {
    const { front, server } = await ground();
    const client = await openRaw(front);
    client.socket.pause();
    client.socket.write(bytesOf(front));
    await until('the answer to begin', () => server.said > 0);
    let before = -1;
    // What fits into the buffers of the sockets on the way goes on for a moment.
    await waitUntil(
      () => {
        const still = server.said === before;
        before = server.said;
        return Promise.resolve(still);
      },
      { what: 'the answer to be held back', timeoutMs: 20_000, intervalMs: 500 },
    );
    expect(server.said).toBeLessThan(40_000_000);
    client.close();
    await until('the tunnel to be let go', () => server.connections === 0 && front.tunnels === 0);
  });
});

describe('clients that do not get to a request', () => {
  const handshake = { handshakeMs: 300, headersMs: 60_000 };
  const headers = { handshakeMs: 15_000, headersMs: 300 };

  async function endOf(socket: Socket): Promise<void> {
    socket.on('error', () => socket.destroy());
    socket.resume();
    if (!socket.destroyed) await once(socket, 'close', { signal: AbortSignal.timeout(10_000) });
  }

  test('are let go when they say nothing at all', async () => {
    const { front } = await ground({ patience: handshake });
    const socket = connect(front.port, '127.0.0.1');
    await endOf(socket);
    expect(socket.destroyed).toBe(true);
  });

  test('are let go when their handshake has no end', async () => {
    const { front } = await ground({ patience: handshake });
    const socket = connect(front.port, '127.0.0.1');
    socket.write(Buffer.from('16030100c8010000c40303', 'hex'));
    await endOf(socket);
    expect(socket.destroyed).toBe(true);
  });

  test.each([
    ['say nothing after it', ''],
    ['never end their headers', 'GET / HTTP/1.1\r\nHost: w'],
  ])('are let go when they %s', async (_what, said) => {
    const { front } = await ground({ patience: headers });
    const client = await openRaw(front);
    client.socket.write(said);
    await endOf(client.socket);
    expect(client.ended).toBe(true);
  });
});

import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { ForwardListener, Prepared } from '../proxy/transport/forward.ts';
import { ForwardedConnection } from './connection.ts';

// The tunnels are played, so that they can do what a real one does not do on demand; clients and their sockets are real.

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

interface PlayedTunnel extends Prepared {
  told: string[];
  /** The workspace's side. */
  far: ForwardListener;
  hasRoom: boolean;
}

function playedTunnel(): PlayedTunnel {
  const told: string[] = [];
  const tunnel: PlayedTunnel = {
    told,
    halfCloses: true,
    hasRoom: true,
    far: { data: () => true, end: () => undefined, fail: () => undefined, drained: () => undefined },
    begin(listener) {
      tunnel.far = listener;
      return {
        write(chunk) {
          told.push(chunk.length > 100 ? `${String(chunk.length)} bytes` : String(chunk));
          return tunnel.hasRoom;
        },
        end: () => told.push('end'),
        fade: () => told.push('fade'),
        resume: () => told.push('resume'),
        release: () => told.push('release'),
      };
    },
    discard: () => told.push('discard'),
  };
  return tunnel;
}

async function clientOf(accepted: (socket: Socket) => void): Promise<Socket> {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, accepted);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', allowHalfOpen: true });
  client.on('error', () => undefined);
  await once(client, 'connect');
  return client;
}

async function stage(limits: { quietMs?: number; halfOpenMs?: number } = {}) {
  const bytes = { to: 0, from: 0 };
  const { promise, resolve } = Promise.withResolvers<{ connection: ForwardedConnection; own: Socket }>();
  const client = await clientOf((own) => {
    const connection = new ForwardedConnection(
      own,
      {
        toWorkspace: (chunk) => (bytes.to += chunk.length),
        fromWorkspace: (chunk) => (bytes.from += chunk.length),
      },
      { quietMs: 60_000, ...limits },
    );
    resolve({ connection, own });
  });
  let heard = '';
  client.on('data', (chunk: Buffer) => (heard += chunk.toString()));
  return { client, ...(await promise), bytes, heard: () => heard };
}

test('what a client says before there is a way goes out with it, and the answer comes back', async () => {
  const { client, connection, bytes, heard } = await stage();
  client.write('early ');
  await expect.poll(() => bytes.to).toBe(6);
  const tunnel = playedTunnel();
  const over = connection.carry(tunnel);
  expect(tunnel.told).toEqual(['early ']);
  client.write('late');
  await expect.poll(() => tunnel.told).toEqual(['early ', 'late']);
  tunnel.far.data(Buffer.from('answer'));
  await expect.poll(heard).toBe('answer');
  client.end();
  await expect.poll(() => tunnel.told.at(-1)).toBe('end');
  tunnel.far.data(Buffer.from('!'));
  tunnel.far.end();
  expect(await over).toBeUndefined();
  expect(tunnel.told.at(-1)).toBe('release');
  await once(client, 'close');
  expect([heard(), bytes]).toEqual(['answer!', { to: 10, from: 7 }]);
});

test('what reached nobody goes out again by the next tunnel, also a half-close', async () => {
  const { client, connection } = await stage();
  const first = playedTunnel();
  const over = connection.carry(first);
  client.end('question');
  await expect.poll(() => first.told).toEqual(['question', 'end']);
  first.far.fail(new Error('refused'));
  expect(await over).toEqual(new Error('refused'));
  expect([first.told.at(-1), connection.isRepeatable, client.destroyed]).toEqual(['release', true, false]);
  const second = playedTunnel();
  void connection.carry(second);
  expect(second.told).toEqual(['question', 'end']);
  second.far.data(Buffer.from('x'));
  expect(connection.isRepeatable).toBe(false);
  second.far.end();
  expect(second.told.at(-1)).toBe('release');
});

test('of a client that has ended and is not heard of any more nothing stays, when the workspace is silent', async () => {
  const { client, connection } = await stage({ halfOpenMs: 50 });
  const tunnel = playedTunnel();
  const over = connection.carry(tunnel);
  client.end('question');
  expect(await over).toBeUndefined();
  expect(tunnel.told).toEqual(['question', 'end', 'release']);
});

test('of more than can be kept nothing is, and a client is read no further than that while it waits', async () => {
  const { client, connection, bytes, own } = await stage();
  const block = Buffer.alloc(8 * 1024 * 1024);
  client.write(block);
  await expect.poll(() => own.isPaused()).toBe(true);
  expect(bytes.to).toBeLessThanOrEqual(128 * 1024);
  expect(connection.isRepeatable).toBe(true);
  const tunnel = playedTunnel();
  void connection.carry(tunnel);
  await expect.poll(() => bytes.to).toBe(block.length);
  expect(connection.isRepeatable).toBe(false);
  client.destroy();
});

describe('back-pressure', () => {
  test('of the workspace stops the client', async () => {
    const { client, connection, bytes, own } = await stage();
    const tunnel = playedTunnel();
    tunnel.hasRoom = false;
    void connection.carry(tunnel);
    client.write('x');
    await expect.poll(() => own.isPaused()).toBe(true);
    client.write('y');
    tunnel.hasRoom = true;
    expect(bytes.to).toBe(1);
    tunnel.far.drained();
    await expect.poll(() => bytes.to).toBe(2);
    client.destroy();
  });

  test('of the client stops the workspace, until it reads again', async () => {
    const { client, connection } = await stage();
    client.pause();
    const tunnel = playedTunnel();
    void connection.carry(tunnel);
    const block = Buffer.alloc(1024 * 1024);
    let sent = 0;
    while (tunnel.far.data(block)) sent += 1;
    expect(sent).toBeLessThan(64);
    expect(tunnel.told).toEqual([]);
    client.resume();
    await expect.poll(() => tunnel.told).toEqual(['resume']);
    client.destroy();
  });
});

test('who leaves is let go: before there is a way, on the way, and without a word', async () => {
  const before = await stage();
  before.client.resetAndDestroy();
  await expect.poll(() => before.connection.gone.aborted).toBe(true);
  const tunnel = playedTunnel();
  expect(await before.connection.carry(tunnel)).toBeUndefined();
  expect(tunnel.told).toEqual(['discard']);

  const during = await stage();
  const used = playedTunnel();
  const over = during.connection.carry(used);
  during.client.resetAndDestroy();
  expect(await over).toBeUndefined();
  expect(used.told).toEqual(['release']);

  const silent = await stage();
  silent.client.end();
  await expect.poll(() => silent.connection.gone.aborted).toBe(true);
});

test('a failure is a reset for the client, and an end is an end', async () => {
  const failed = await stage();
  failed.connection.reset();
  const [error] = (await once(failed.client, 'error')) as [NodeJS.ErrnoException];
  expect(error.code).toBe('ECONNRESET');

  const ended = await stage();
  const tunnel = playedTunnel();
  const over = ended.connection.carry(tunnel);
  // What it says after the workspace's end goes nowhere, and does not take the answer from it.
  tunnel.far.data(Buffer.from('bye'));
  tunnel.far.end();
  ended.client.write('more');
  await once(ended.client, 'end');
  ended.client.end();
  await once(ended.client, 'close');
  expect([ended.heard(), await over]).toEqual(['bye', undefined]);
});

test('a client that has ended leaves its tunnel to others once nothing comes, and has what comes late all the same', async () => {
  const { client, connection, heard } = await stage({ quietMs: 5 });
  const tunnel = playedTunnel();
  const over = connection.carry(tunnel);
  client.end('question');
  await expect.poll(() => tunnel.told).toEqual(['question', 'end', 'fade']);
  tunnel.far.data(Buffer.from('late'));
  await expect.poll(heard).toBe('late');
  tunnel.far.end();
  expect(await over).toBeUndefined();
  expect(tunnel.told.at(-1)).toBe('release');
});

test('one that then takes nothing is not kept more than a bounded amount for', async () => {
  const { client, connection, own } = await stage({ quietMs: 5 });
  client.pause();
  const tunnel = playedTunnel();
  const over = connection.carry(tunnel);
  client.end('question');
  await expect.poll(() => tunnel.told.at(-1)).toBe('fade');
  const block = Buffer.alloc(64 * 1024);
  let sent = 0;
  for (; !own.destroyed && sent < 1_000; sent += 1) tunnel.far.data(block);
  expect(own.destroyed).toBe(true);
  expect(await over).toBeUndefined();
});

test('how the workspace’s side ends is no failure for who has ended and has had an answer', async () => {
  const { client, connection } = await stage();
  const tunnel = playedTunnel();
  const over = connection.carry(tunnel);
  client.end('question');
  await expect.poll(() => tunnel.told).toEqual(['question', 'end']);
  tunnel.far.data(Buffer.from('answer'));
  tunnel.far.fail(new Error('connection reset by peer'));
  expect(await over).toBeUndefined();
  expect(client.destroyed || (await new Promise((resolve) => client.once('close', () => resolve(true))))).toBe(true);
});

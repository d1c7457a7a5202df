import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { link, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { AddressInfo, NetConnectOpts, Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import { forwardSchema } from '#contract/forwards.ts';
import type { ForwardWish } from '#contract/forwards.ts';
import { startPortForwardServer } from '#test/proxy/port-forward-server.ts';
import type { PortForwardServer } from '#test/proxy/port-forward-server.ts';
import { plainAccess } from '#test/plain-access.ts';
import { systemClock } from '../kube/clock.ts';
import { createLog } from '../observability/log.ts';
import { unwatched } from '../proxy/traffic.ts';
import { portForwardTransport } from '../proxy/transport/port-forward.ts';
import type { PortForward } from '../proxy/transport/port-forward.ts';
import { createHeldRequests } from '../proxy/waiting/held-requests.ts';
import { localPlace } from './local-place.ts';
import { openForward } from './open-forward.ts';
import type { OpenForward } from './open-forward.ts';
import type { Reached } from './reach.ts';
import { createWay } from './way.ts';

// Everything is real but the cluster, whose end of the tunnels leads to servers of this process.

const log = createLog({ level: 'silent' });
let cluster: PortForwardServer;
let transport: PortForward;
let program: Server;
let programPort: number;
const opened: OpenForward[] = [];

beforeAll(async () => {
  cluster = await startPortForwardServer();
  transport = portForwardTransport(plainAccess(cluster.url), log);
  // Says back what it is told, and ends when that ends.
  program = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });
  program.listen(0, '127.0.0.1');
  await once(program, 'listening');
  programPort = (program.address() as AddressInfo).port;
});
afterEach(async () => {
  for (const forward of opened.splice(0)) await forward.stop();
  await expect.poll(() => cluster.tunnels).toBe(0);
});
afterAll(async () => {
  transport.close();
  program.close();
  await cluster[Symbol.asyncDispose]();
});

async function forwardOf(
  wish: Partial<ForwardWish> = {},
  { most = 512, reached }: { most?: number; reached?: () => Reached } = {},
): Promise<{ forward: OpenForward; changed: () => void }> {
  const listeners = new Set<() => void>();
  const here: Reached = {
    kind: 'pod',
    uid: 'u',
    prepare: (port) => transport.prepare({ namespace: 'n', pod: 'p', port }),
  };
  const reach = reached ?? (() => here);
  const held = createHeldRequests({
    onChange: (_id, listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    clock: systemClock,
  });
  const awaited = { standing: () => 'serving' as const, wasIdle: () => false, wake: () => Promise.resolve() };
  const whole = { port: programPort, local_port: 0, address: '127.0.0.1', ...wish };
  const { address, local_port: port, ...rest } = whole;
  const forward = await openForward({
    id: 'f',
    workspace: { id: 'w', uid: 'w-1' },
    port: whole.port,
    place: localPlace(wish.socket === undefined ? { ...rest, address, local_port: port } : rest),
    reach,
    way: createWay({ reach, awaited, held, mayWake: true, clock: systemClock }),
    watch: () => unwatched,
    log,
    most,
  });
  opened.push(forward);
  expect(forwardSchema.parse(forward.view())).toEqual(forward.view());
  return {
    forward,
    changed: () => {
      for (const listener of listeners) listener();
    },
  };
}

function dial(forward: OpenForward, where: Partial<NetConnectOpts> = {}): Socket {
  const socket = connect({ port: forward.view().local_port ?? 0, host: '127.0.0.1', ...where } as NetConnectOpts);
  socket.on('error', () => undefined);
  return socket;
}

/** With an error or without. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

async function echoed(socket: Socket, text: string): Promise<string> {
  socket.write(text);
  const [chunk] = (await once(socket, 'data')) as [Buffer];
  return chunk.toString();
}

test('bytes go there and back as they are, and are counted', { timeout: 60_000 }, async () => {
  const { forward } = await forwardOf();
  const content = randomBytes(20_000_000);
  const socket = dial(forward);
  const answer = buffer(socket);
  // As programs do that wait for an answer: the end comes when it is there.
  socket.write(content);
  await expect
    .poll(() => forward.view().bytes, { timeout: 50_000 })
    .toEqual({ to_workspace: content.length, from_workspace: content.length });
  socket.end();
  const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
  expect(digest(await answer)).toBe(digest(content));
  expect(forward.view()).toMatchObject({ state: 'ready', connections: { total: 1, refused: 0 } });
});

test('many connections, side by side and one after the other, leave nothing', { timeout: 60_000 }, async () => {
  const { forward } = await forwardOf();
  for (let round = 0; round < 5; round += 1) {
    const sockets = Array.from({ length: 40 }, () => dial(forward));
    const answers = await Promise.all(sockets.map((socket, index) => echoed(socket, `n${String(index)}`)));
    expect(answers).toEqual(sockets.map((_, index) => `n${String(index)}`));
    for (const [index, socket] of sockets.entries()) {
      if (index % 2 === 0) socket.destroy();
      else socket.resetAndDestroy();
    }
  }
  await expect.poll(() => [forward.open, cluster.tunnels]).toEqual([0, 0]);
  expect(forward.view().connections).toEqual({ open: 0, total: 200, refused: 0 });
});

test('those that are too many are refused, and counted', async () => {
  const { forward } = await forwardOf({}, { most: 2 });
  const inside = [dial(forward), dial(forward)];
  await Promise.all(inside.map((socket) => echoed(socket, 'x')));
  const outside = dial(forward);
  await closed(outside);
  expect(forward.view().connections).toEqual({ open: 2, total: 3, refused: 1 });
  inside[0]?.destroy();
  await expect.poll(() => forward.open).toBe(1);
  expect(await echoed(dial(forward), 'y')).toBe('y');
});

test('one that has left, as far as can be told, makes room for one that comes', async () => {
  // A far side that never ends.
  let ended = 0;
  const never: Reached = {
    kind: 'pod',
    uid: 'u',
    prepare: async () => ({
      halfCloses: true,
      begin: () => ({
        write: () => true,
        end: () => undefined,
        fade: () => undefined,
        resume: () => undefined,
        release: () => (ended += 1),
      }),
      discard: () => undefined,
    }),
  };
  const { forward } = await forwardOf({}, { most: 1, reached: () => never });
  const left = dial(forward);
  left.end('x');
  await expect.poll(() => forward.view().bytes.to_workspace).toBe(1);
  await expect
    .poll(async () => {
      const next = dial(forward);
      next.write('y');
      await Promise.race([closed(next), new Promise((resolve) => setTimeout(resolve, 50))]);
      return next.destroyed;
    })
    .toBe(false);
  expect([forward.open, ended]).toEqual([1, 1]);
});

test('a client waits for the pod, and what it has said meanwhile arrives', async () => {
  let there = false;
  const why = new GuildNetError('not_ready', 'It is starting.', { details: { phase: 'Starting' } });
  const pod: Reached = {
    kind: 'pod',
    uid: 'u',
    prepare: (port) => transport.prepare({ namespace: 'n', pod: 'p', port }),
  };
  const { forward, changed } = await forwardOf({}, { reached: () => (there ? pod : { kind: 'nowhere', why }) });
  expect(forward.view()).toMatchObject({ state: 'waiting', problem: { message: 'It is starting.' } });
  const socket = dial(forward);
  socket.write('hello');
  await expect.poll(() => forward.view().bytes.to_workspace).toBe(5);
  there = true;
  changed();
  expect(await echoed(socket, ' world')).toMatch(/^hello/);
  expect(forward.view().state).toBe('ready');
});

test('where nothing comes the client is reset, and the reason is told', async () => {
  const why = new GuildNetError('not_ready', 'It has failed.', { remedy: 'Mend it.', details: { phase: 'Failed' } });
  const { forward } = await forwardOf({}, { reached: () => ({ kind: 'nowhere', why }) });
  const socket = connect({ port: forward.view().local_port ?? 0, host: '127.0.0.1' });
  const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
  expect(error.code).toBe('ECONNRESET');
  expect(forward.view().problem).toEqual({ code: 'not_ready', message: 'It has failed.', remedy: 'Mend it.' });
});

test('what breaks is told until something gets through again', async () => {
  const { forward } = await forwardOf();
  const socket = dial(forward);
  await echoed(socket, 'x');
  transport.forget({ namespace: 'n', pod: 'p' });
  await closed(socket);
  await expect.poll(() => forward.view().problem?.code).toBe('upstream_failed');
  await echoed(dial(forward), 'x');
  expect(forward.view().problem).toBeUndefined();
});

test('stopping ends its connections, and nothing listens there any more', async () => {
  const { forward } = await forwardOf();
  const socket = dial(forward);
  await echoed(socket, 'x');
  await forward.stop();
  await closed(socket);
  const late = connect({ port: forward.view().local_port ?? 0, host: '127.0.0.1' });
  const [error] = (await once(late, 'error')) as [NodeJS.ErrnoException];
  expect(error.code).toBe('ECONNREFUSED');
});

describe('where it listens', () => {
  test('at both loopback addresses, on one port', async () => {
    const { forward } = await forwardOf({ address: 'localhost' });
    const { addresses, local_port: port = 0 } = forward.view();
    expect(addresses[0]).toBe(`127.0.0.1:${String(port)}`);
    for (const address of addresses) {
      const host = address.startsWith('[') ? '::1' : '127.0.0.1';
      expect(await echoed(dial(forward, { host }), 'x')).toBe('x');
    }
  });

  test('a port that is taken is told, with what to do', async () => {
    await expect(forwardOf({ local_port: programPort })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`127.0.0.1:${String(programPort)}`) as string,
      remedy: expect.stringContaining('0:8080') as string,
    });
  });

  test('an address that this machine has not is told', async () => {
    await expect(forwardOf({ address: '192.0.2.1', allow_remote: true })).rejects.toMatchObject({
      code: 'bad_request',
    });
  });
});

describe('at a Unix socket', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gn-f-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

  test('that is this user’s alone, and goes with the forward', async () => {
    const path = join(folder, 'db');
    const { forward } = await forwardOf({ socket: path });
    expect(forward.view()).toMatchObject({ addresses: [path], socket: path, exposed: false });
    expect(await modeOf(path)).toBe(0o600);
    const socket = connect(path);
    expect(await echoed(socket, 'x')).toBe('x');
    socket.destroy();
    await forward.stop();
    await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('one that a program has left behind is replaced; one in use and any other file are not', async () => {
    const path = join(folder, 'used');
    const { forward } = await forwardOf({ socket: path });
    await expect(forwardOf({ socket: path })).rejects.toMatchObject({ code: 'conflict' });
    expect(await echoed(connect(path), 'x')).toBe('x');
    await forward.stop();

    const left = join(folder, 'left');
    const child = createServer();
    child.listen(left);
    await once(child, 'listening');
    // As a program that is killed: the file stays.
    const file = join(folder, 'copy');
    await link(left, file);
    child.close();
    await once(child, 'close');
    await forwardOf({ socket: file });
    expect(await echoed(connect(file), 'y')).toBe('y');

    const other = join(folder, 'text');
    await writeFile(other, 'mine');
    await expect(forwardOf({ socket: other })).rejects.toMatchObject({ code: 'conflict' });
    await expect(forwardOf({ socket: join(folder, 'no', 'where') })).rejects.toMatchObject({ code: 'bad_request' });
  });
});

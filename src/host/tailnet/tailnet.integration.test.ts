import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { clientEnv, openPolicy, startHeadscale } from '#test/tailnet/headscale.ts';
import type { Headscale } from '#test/tailnet/headscale.ts';
import { buildTimeoutMs, tailnetNodeProgram } from '#test/tailnet/headscale-program.ts';
import type { End } from '../access/handed-over.ts';
import { createLog } from '../observability/log.ts';
import { embeddedTailnet } from './embedded.ts';
import { listenInwards } from './inwards.ts';
import type { NodeConfig, NodeEvent, NodeStatus } from './node-messages.ts';
import { startNode } from './node-process.ts';
import type { NodeProcess } from './node-process.ts';
import { dialTailnet } from './outwards.ts';
import type { TailnetConfig } from './tailnet-config.ts';
import type { Tailnet } from './tailnet.ts';

let headscale: Headscale;
let program: string;
const log = createLog({ level: 'silent', pretty: false });
const patience = { timeoutMs: 90_000 };

beforeAll(async () => {
  program = await tailnetNodeProgram();
  headscale = await startHeadscale();
}, buildTimeoutMs);
afterAll(() => headscale?.[Symbol.asyncDispose]());

interface Joined {
  node: NodeProcess;
  events: NodeEvent[];
  secret: string;
  dir: string;
  status(): NodeStatus | undefined;
  reaches(state: string): Promise<NodeStatus>;
  endpoint(): { address: string; secret: string };
}

async function join_(user: 'alice' | 'bob', more: Partial<NodeConfig> = {}): Promise<Joined> {
  const dir = more.dir ?? (await mkdtemp(join(tmpdir(), 'guildnet-node-')));
  const events: NodeEvent[] = [];
  const secret = randomBytes(32).toString('hex');
  const node = startNode({
    program,
    config: {
      controlUrl: headscale.url,
      authKey: headscale.keys[user],
      hostname: `${user}-host`,
      dir,
      ephemeral: false,
      acceptRoutes: true,
      forward: '127.0.0.1:1',
      secret,
      perDevice: 8,
      all: 64,
      ...more,
    },
    env: { ...process.env, ...clientEnv },
    onEvent: (event) => events.push(event),
    log,
  });
  onTestFinished(async () => {
    await node.stop();
    await rm(dir, { recursive: true, force: true });
  });
  const status = (): NodeStatus | undefined => events.findLast((event) => event.event === 'status');
  return {
    node,
    events,
    secret: more.secret ?? secret,
    dir,
    status,
    reaches: (state) =>
      waitUntil(
        () => {
          const last = status();
          return last?.state === state ? last : undefined;
        },
        { what: `${user}'s node to be ${state}`, ...patience, explain: () => JSON.stringify(events) },
      ),
    endpoint() {
      const found = events.find((event) => event.event === 'outwards');
      return { address: found?.address ?? '', secret: more.secret ?? secret };
    },
  };
}

/** Takes connections from the tailnet and answers each with its peer's address. */
async function answering(secret: string): Promise<{ address: string; peers: End[] }> {
  const peers: End[] = [];
  const inwards = await listenInwards({
    secret,
    onConnection(socket: Socket, { peer }) {
      peers.push(peer);
      socket.end(`${peer.address}\n`);
    },
    log,
  });
  onTestFinished(() => inwards.close());
  return { address: inwards.address, peers };
}

/** What is read from an address of the tailnet, tried until WireGuard has found the way. */
async function readFrom(from: Joined, host: string, port: number): Promise<string> {
  return await waitUntil(
    async () => {
      try {
        return await text(await dialTailnet(from.endpoint(), { host, port }));
      } catch {
        return undefined;
      }
    },
    { what: `${host}:${String(port)} to answer`, ...patience },
  );
}

test('a peer reaches the ports that were opened, is known by whois, and nothing else is reachable', async () => {
  const secret = randomBytes(32).toString('hex');
  const { address, peers } = await answering(secret);
  const [a, b] = await Promise.all([join_('alice', { forward: address, secret }), join_('bob')]);
  const [here, there] = await Promise.all([a.reaches('Running'), b.reaches('Running')]);
  expect(here).toMatchObject({ name: 'alice-host.tail.test.', login: 'alice', certDomains: [] });
  await a.node.command({ do: 'listen', port: 443 });

  expect(await readFrom(b, 'alice-host.tail.test', 443)).toBe(`${there.ips[0] ?? ''}\n`);
  const peer = peers.at(-1);
  const who = await a.node.command({ do: 'whois', addr: `${peer?.address ?? ''}:${String(peer?.port)}` });
  expect(who.peer).toMatchObject({
    login: 'bob',
    device: { name: 'bob-host.tail.test.' },
    tags: [],
    capabilities: [{ actions: ['view'] }],
  });

  // A policy that gives somebody thousands of values, one of them without end: they are known as before, by as many as are read.
  const grants = Array.from({ length: 3_000 }, (_value, index) => ({
    src: ['bob@'],
    dst: ['*'],
    app: { 'guildnet.io/cap': [{ actions: ['view'], note: 'x'.repeat(index === 1 ? 3_000_000 : 10) }] },
  }));
  await headscale.setPolicy({ ...openPolicy, grants: [...openPolicy.grants.slice(0, 1), ...grants] });
  onTestFinished(() => headscale.setPolicy(openPolicy));
  const many = await waitUntil(
    async () => {
      const now = await a.node.command({ do: 'whois', addr: `${peer?.address ?? ''}:0` });
      return now.peer?.capabilities.length === 64 ? now.peer : undefined;
    },
    { what: 'the policy of thousands of grants', ...patience },
  );
  expect(many).toMatchObject({ login: 'bob', device: { name: 'bob-host.tail.test.' } });
  expect(many.capabilities.filter((value) => typeof value === 'string')).toContain('more values than are read');

  // A program on this very computer's loopback: of it, and of whatever was not opened, the tailnet sees nothing.
  const other = createServer((socket) => socket.end('private'));
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;
  await expect(dialTailnet(b.endpoint(), { host: here.ips[0] ?? '', port })).rejects.toThrow(/could not be reached/);
  await expect(dialTailnet(b.endpoint(), { host: '127.0.0.1', port })).rejects.toThrow(/it is not in the tailnet/);
  await expect(dialTailnet(b.endpoint(), { host: 'localhost', port })).rejects.toThrow(/it is not in the tailnet/);
  await expect(dialTailnet({ ...b.endpoint(), secret: 'x' }, { host: 'alice-host', port: 443 })).rejects.toThrow(/407/);

  const told = a.events.filter(({ event }) => event === 'peers').length;
  await headscale.setPolicy({ grants: [{ src: ['*'], dst: ['*'], ip: ['*'] }] });
  await waitUntil(() => a.events.filter(({ event }) => event === 'peers').length > told, {
    what: 'the change of the policy to be told',
    ...patience,
  });
  await waitUntil(
    async () => {
      const again = await a.node.command({ do: 'whois', addr: `${there.ips[0] ?? ''}:1` });
      return again.peer?.capabilities.length === 0;
    },
    { what: 'bob to have lost his capability', ...patience },
  );

  await a.node.command({ do: 'close', port: 443 });
  await expect(dialTailnet(b.endpoint(), { host: here.ips[0] ?? '', port: 443 })).rejects.toThrow(
    /could not be reached/,
  );
});

/** Connections from the tailnet that stay open, each greeted. */
async function holding(secret: string): Promise<{ address: string; open: Set<Socket> }> {
  const open = new Set<Socket>();
  const inwards = await listenInwards({
    secret,
    onConnection(socket: Socket) {
      open.add(socket);
      socket.resume().once('close', () => open.delete(socket));
      socket.write('in');
    },
    log,
  });
  onTestFinished(() => inwards.close());
  return { address: inwards.address, open };
}

/** How many of so many connections to these addresses are let in, and what ends those. */
async function knock(from: Joined, hosts: readonly string[], times: number): Promise<{ let: number; leave(): void }> {
  const sockets = await Promise.all(
    Array.from({ length: times }, async (_, index) => {
      const socket = await dialTailnet(from.endpoint(), { host: hosts[index % hosts.length] ?? '', port: 443 });
      // Whoever is let in is greeted, and whoever is not is sent away.
      const greeted = await new Promise<boolean>((resolve) => {
        socket
          .once('data', () => resolve(true))
          .once('close', () => resolve(false))
          .on('error', () => undefined);
      });
      return { socket, greeted };
    }),
  );
  const inside = sockets.filter(({ greeted }) => greeted);
  return {
    let: inside.length,
    leave() {
      for (const { socket } of sockets) socket.destroy();
    },
  };
}

test('a device has a bounded number of connections, whichever of its addresses it comes by, and others still get in', async () => {
  const secret = randomBytes(32).toString('hex');
  const { address, open } = await holding(secret);
  const [a, b, c] = await Promise.all([
    join_('alice', { forward: address, secret, hostname: 'bounded', perDevice: 8, all: 12 }),
    join_('bob', { hostname: 'many' }),
    join_('alice', { hostname: 'few' }),
  ]);
  const [here] = await Promise.all([a.reaches('Running'), b.reaches('Running'), c.reaches('Running')]);
  expect(here.ips).toHaveLength(2);
  await a.node.command({ do: 'listen', port: 443 });
  for (const from of [b, c])
    for (const host of here.ips)
      await waitUntil(
        async () => {
          const one = await knock(from, [host], 1).catch(() => undefined);
          one?.leave();
          return one?.let === 1;
        },
        { what: `${host} to let somebody in`, ...patience },
      );
  await waitUntil(() => open.size === 0, { what: 'those to have left', ...patience });

  // Half of all: what one device has is what is left to the others.
  const many = await knock(b, here.ips, 64);
  expect([many.let, open.size]).toEqual([6, 6]);
  const few = await knock(c, here.ips, 16);
  expect([few.let, open.size]).toEqual([3, 9]);
  few.leave();
  many.leave();
  await waitUntil(() => open.size === 0, { what: 'both to have left', ...patience });
  expect((await knock(b, here.ips, 2)).let).toBe(2);
});

test('a wrong key is told, and a right one repairs it; the key is neither in an argument nor in the environment', async () => {
  const node = await join_('alice', { authKey: 'hskey-auth-wrong', hostname: 'wrong-key' });
  await waitUntil(() => node.status()?.error ?? undefined, { what: 'the key to be refused', ...patience });
  await node.node.command({ do: 'login', authKey: headscale.keys.alice });
  const status = await node.reaches('Running');
  expect(status.error ?? undefined).toBeUndefined();
  if (process.platform === 'linux') {
    const about = await Promise.all(
      ['cmdline', 'environ'].map((file) => readFile(`/proc/${String(node.node.pid)}/${file}`, 'utf8')),
    );
    expect(about.join()).not.toContain(headscale.keys.alice);
  }
});

test('it keeps its identity over a restart, makes no folder but its own, and its end is prompt', async () => {
  const first = await join_('bob', { hostname: 'again', authKey: headscale.keys.bob });
  const before = await first.reaches('Running');
  await first.node.stop();
  expect(await readdir(first.dir)).not.toEqual([]);
  const second = await join_('bob', { hostname: 'again', dir: first.dir, authKey: '' });
  expect((await second.reaches('Running')).ips).toEqual(before.ips);
  const report = (await second.node.command({ do: 'netcheck' })).report;
  expect(report?.relays.map(({ name }) => name)).toEqual(['test']);
});

test('without a key there is an address to log in at', async () => {
  const node = await join_('alice', { authKey: '', hostname: 'by-link' });
  const url = await waitUntil(() => node.status()?.authUrl || undefined, { what: 'a login address', ...patience });
  expect(url).toMatch(`${headscale.url}/`);
});

/** A host's tailnet in a folder of its own. */
async function tailnetOf(
  config: Partial<TailnetConfig>,
  folder?: string,
): Promise<{ tailnet: Tailnet; folder: string }> {
  const own = folder ?? (await mkdtemp(join(tmpdir(), 'guildnet-tailnet-')));
  const tailnet = embeddedTailnet({
    config: {
      mode: 'embedded',
      loginServer: headscale.url,
      hostname: 'embedded',
      authKey: undefined,
      socket: '',
      ...config,
    },
    folder: own,
    program: () => Promise.resolve(program),
    env: { ...process.env, ...clientEnv },
    onConnection: (socket) => socket.destroy(),
    log,
  });
  onTestFinished(async () => {
    await tailnet.stop();
    await rm(own, { recursive: true, force: true });
  });
  tailnet.start();
  return { tailnet, folder: own };
}

async function becomes(tailnet: Tailnet, phase: Tailnet['state']['phase']): Promise<Tailnet['state']> {
  return await waitUntil(() => (tailnet.state.phase === phase ? tailnet.state : undefined), {
    what: `the tailnet to be ${phase}`,
    ...patience,
    explain: () => JSON.stringify(tailnet.state),
  });
}

/** The node's process: the child of this one that has the folder as its home. */
async function nodePid(folder: string): Promise<number> {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const env = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    if (env.split('\0').includes(`HOME=${folder}`)) return Number(pid);
  }
  throw new Error('There is no such node.');
}

test('a host logs in, comes back after a crash of its node and a restart of the control server, and stays out when logged out', async () => {
  const { tailnet, folder } = await tailnetOf({ authKey: 'hskey-auth-wrong' });
  expect((await becomes(tailnet, 'needs-login')).problem).toMatchObject({ code: 'unauthorized' });
  await expect(tailnet.login({ auth_key: headscale.keys.alice })).resolves.toMatchObject({ mode: 'embedded' });
  const { addresses, name } = await becomes(tailnet, 'running');
  expect(name).toBe('embedded.tail.test');
  expect((await tailnet.netcheck()).relays).toMatchObject([{ name: 'test' }]);

  process.kill(await nodePid(folder), 'SIGKILL');
  await waitUntil(() => tailnet.state.phase !== 'running', { what: 'the crash to be seen', ...patience });
  expect((await becomes(tailnet, 'running')).addresses).toEqual(addresses);

  await headscale.stop();
  await waitUntil(() => tailnet.state.problem !== undefined, { what: 'its control server to be missed', ...patience });
  expect(tailnet.state).toMatchObject({ phase: 'running', problem: { code: 'upstream_failed' } });
  await headscale.start();
  await waitUntil(() => tailnet.state.problem === undefined, {
    what: 'it to be found again',
    ...patience,
    explain: () => JSON.stringify(tailnet.state),
  });

  await tailnet.logout();
  await becomes(tailnet, 'logged-out');
  await expect(tailnet.netcheck()).rejects.toMatchObject({ code: 'not_ready' });
  // Neither the end of the host nor its configured key undoes that; a login does, and finds its control server.
  await tailnet.stop();
  const again = await tailnetOf({ authKey: headscale.keys.bob }, folder);
  await becomes(again.tailnet, 'logged-out');
  await again.tailnet.login({});
  expect((await becomes(again.tailnet, 'running')).login).toBe('bob');
});

test('a control server that does not answer is told and tried again; another one can be given without a restart', async () => {
  const { tailnet } = await tailnetOf({
    loginServer: 'http://127.0.0.1:9',
    authKey: headscale.keys.alice,
    hostname: 'moved',
  });
  const problem = await waitUntil(() => tailnet.state.problem, { what: 'the trouble to be told', ...patience });
  expect(problem).toMatchObject({
    code: 'upstream_failed',
    message: expect.stringContaining('http://127.0.0.1:9') as string,
  });
  await tailnet.login({ login_server: headscale.url });
  expect(await becomes(tailnet, 'running')).toMatchObject({ login_server: headscale.url, name: 'moved.tail.test' });
});

test('a folder that cannot be written is told with what to do', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'guildnet-no-folder-'));
  await writeFile(join(folder, 'file'), '');
  const { tailnet } = await tailnetOf({}, join(folder, 'file', 'tailnet'));
  expect((await becomes(tailnet, 'failed')).problem).toMatchObject({
    code: 'bad_config',
    remedy: expect.any(String) as string,
  });
  await tailnet.stop();
  await rm(folder, { recursive: true });
});

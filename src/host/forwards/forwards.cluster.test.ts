import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { forwardSchema, forwardsSchema } from '#contract/forwards.ts';
import type { Forward } from '#contract/forwards.ts';
import type { Server } from '#contract/server.ts';
import { workspacePortsSchema } from '#contract/workspace-events.ts';
import { localImages } from '#local-cluster/images.ts';
import { createNamespace } from '#test/create-namespace.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { createWorkspace } from '#test/create-workspace.ts';
import { openClusterLine } from '#test/faults/cluster-line.ts';
import type { ClusterLine } from '#test/faults/cluster-line.ts';
import { startHost } from '#test/host/started-host.ts';
import type { StartedHost } from '#test/host/started-host.ts';

// Real pods, a real node, real tunnels.

const patience = { timeout: 90_000, interval: 100 };
/** HTTP on 3000; a server that says back what it is told on 5173, at the pod's loopback alone; one that speaks first on 4321. */
const program = `const n=require('net');const h={allowHalfOpen:true};
require('http').createServer((q,r)=>r.end('web')).listen(3000);
n.createServer(h,s=>{s.on('error',()=>{});s.pipe(s)}).listen(5173,'127.0.0.1');
n.createServer(s=>{s.on('error',()=>{});s.write('hello')}).listen(4321)`;

let namespace: TestNamespace & AsyncDisposable;
let line: ClusterLine;
let started: StartedHost;

async function phaseIs(name: string, phase: string): Promise<void> {
  await vi.waitFor(async () => {
    const answer = await started.ask(`/api/servers/${name}`);
    expect([answer.status, (answer.json() as Server).phase]).toEqual([200, phase]);
  }, patience);
}

async function forward(id: string, port: number, more: object = {}): Promise<Forward & { local_port: number }> {
  const body = { port, local_port: 0, ...more };
  const answer = await started.ask(`/api/workspaces/${id}/forwards`, { method: 'POST', body });
  const made = forwardSchema.parse(answer.json());
  return { ...made, local_port: made.local_port ?? 0 };
}

async function shown({ id }: Forward): Promise<Forward> {
  const all = forwardsSchema.parse((await started.ask('/api/forwards')).json());
  const one = all.find((it) => it.id === id);
  if (one === undefined) throw new Error(`There is no forward ${id}.`);
  return one;
}

function dial({ local_port: port }: { local_port: number }): Socket {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.on('error', () => undefined);
  return socket;
}

const closed = (socket: Socket): Promise<void> => new Promise((resolve) => socket.once('close', () => resolve()));

/** A request on a connection of its own. */
async function get(where: RequestOptions, body?: Buffer): Promise<string> {
  const request = httpRequest({ ...where, agent: false, ...(body === undefined ? {} : { method: 'POST' }) });
  request.end(body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return text(response);
}

const at = ({ local_port: port }: { local_port: number }, path = '/'): RequestOptions => ({
  host: '127.0.0.1',
  port,
  path,
});

beforeAll(async () => {
  namespace = await createNamespace(inject('kubeconfigPath'));
  line = await openClusterLine(namespace.kubeconfigPath);
  started = await startHost({ kubeconfigPath: line.kubeconfigPath, namespace: namespace.name });
  await started.reached('online');
  await Promise.all([
    createWorkspace(namespace, 'echo', { image: localImages.echo }),
    createWorkspace(namespace, 'many', {
      image: localImages.codeServer,
      command: ['/opt/node/bin/node', '-e'],
      args: [program],
      ports: [{ containerPort: 3000, name: 'web' }, { containerPort: 9229 }],
    }),
    createWorkspace(namespace, 'idle', { image: localImages.echo, idle: { stopAfter: '10m' } }),
  ]);
  await Promise.all(['echo', 'many', 'idle'].map((name) => phaseIs(name, 'Running')));
});
afterAll(async () => {
  await started[Symbol.asyncDispose]();
  await line[Symbol.asyncDispose]();
  await namespace[Symbol.asyncDispose]();
});

test('bytes go both ways as they are, on many connections, and nothing of them is left', async () => {
  const made = await forward('echo', 8080);
  const content = randomBytes(20_000_000);
  const answer = JSON.parse(await get(at(made, '/up'), content)) as object;
  expect(answer).toMatchObject({
    bodyLength: content.length,
    bodySha256: createHash('sha256').update(content).digest('hex'),
  });
  expect((await get(at(made, '/bytes/20000000'))).length).toBe(20_000_000);
  const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => get(at(made, `/n${String(n)}`))));
  expect(answers.every((one, n) => one.includes(`"url":"/n${String(n)}"`))).toBe(true);
  // Those that go away in the middle, in order or not.
  for (let turn = 0; turn < 20; turn += 1) {
    const socket = dial(made);
    socket.write('GET /bytes/50000000 HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket, 'data');
    if (turn % 2 === 0) socket.destroy();
    else socket.resetAndDestroy();
  }
  await vi.waitFor(async () => expect((await shown(made)).connections.open).toBe(0), patience);
  expect((await shown(made)).connections).toEqual({ open: 0, total: 82, refused: 0 });
  expect((await started.ask('/metrics')).text).toMatch(/^guildnet_forward_connections 0$/m);
});

test('a reader that stops stops the pod, and nobody else', async () => {
  const made = await forward('echo', 8080);
  const stopped = dial(made);
  stopped.write('GET /bytes/500000000 HTTP/1.1\r\nHost: x\r\n\r\n');
  await once(stopped, 'readable');
  const held = process.memoryUsage().arrayBuffers;
  const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => get(at(made, `/m${String(n)}`))));
  expect(answers.every((one, n) => one.includes(`"url":"/m${String(n)}"`))).toBe(true);
  expect(process.memoryUsage().arrayBuffers - held).toBeLessThan(30_000_000);
  expect((await shown(made)).bytes.from_workspace).toBeLessThan(100_000_000);
  stopped.destroy();
});

test('a Unix socket leads there as well', async () => {
  const path = join(started.home, 'web.sock');
  await started.ask('/api/workspaces/echo/forwards', { method: 'POST', body: { port: 8080, socket: path } });
  expect(await get({ socketPath: path, path: '/by-socket' })).toContain('"url":"/by-socket"');
});

test('a port on which nothing listens is a reset, and the forward says why', async () => {
  const made = await forward('echo', 9);
  const socket = dial(made);
  socket.write('x');
  const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
  expect(error.code).toBe('ECONNRESET');
  expect((await shown(made)).problem).toMatchObject({
    code: 'upstream_failed',
    message: expect.stringContaining('Nothing listens on port 9') as string,
  });
});

test('a program that speaks first is heard, and one at the pod’s loopback alone is reached', async () => {
  const [greets, says] = [await forward('many', 4321), await forward('many', 5173)];
  const [greeting] = (await once(dial(greets), 'data')) as [Buffer];
  expect(greeting.toString()).toBe('hello');
  const socket = dial(says);
  socket.write('back');
  expect(String(((await once(socket, 'data')) as [Buffer])[0])).toBe('back');
  socket.destroy();
});

test('what listens is found: declared or customary, at whichever address; what does not is told', async () => {
  await vi.waitFor(async () => {
    const ports = workspacePortsSchema.parse((await started.ask('/api/workspaces/many/ports')).json());
    expect(ports.map(({ port, declared, listening }) => [port, declared, listening])).toEqual([
      [3000, true, true],
      [9229, true, false],
      [4321, false, true],
      [5173, false, true],
    ]);
    expect(ports.at(-1)?.url).toBe(`https://5173--many.localhost:${String(started.port)}/`);
  }, patience);
});

describe('a forward stays', () => {
  test('while the pod is replaced: who is connected is told, who comes waits and is answered by the next one', async () => {
    const made = await forward('echo', 8080);
    const before = dial(made);
    before.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(before, 'data');
    const podOf = async (): Promise<string> => {
      const { items } = await namespace.core.listNamespacedPod({
        namespace: namespace.name,
        labelSelector: 'guildnet.io/id=echo',
      });
      return items.find(({ metadata }) => metadata?.deletionTimestamp === undefined)?.metadata?.name ?? '';
    };
    const old = await podOf();
    const end = closed(before);
    await namespace.core.deleteNamespacedPod({ namespace: namespace.name, name: old, gracePeriodSeconds: 0 });
    await end;
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => get(at(made, `/after${String(n)}`))));
    expect(answers.every((one, n) => one.includes(`"url":"/after${String(n)}"`))).toBe(true);
    expect(await podOf()).not.toBe(old);
    expect(await shown(made)).toMatchObject({ state: 'ready' });
  });

  test('while the API server is away: who comes waits for it', async () => {
    const made = await forward('echo', 8080);
    const before = dial(made);
    before.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(before, 'data');
    const end = closed(before);
    line.cut();
    await end;
    await started.reached('offline');
    const waiting = get(at(made, '/later'));
    await vi.waitFor(async () => expect((await shown(made)).connections.open).toBe(1), patience);
    line.mend();
    expect(await waiting).toContain('"url":"/later"');
    await started.reached('online');
  });

  test('while its workspace is stopped and started', async () => {
    const made = await forward('echo', 8080);
    await started.ask('/api/servers/echo/stop', { method: 'POST' });
    await vi.waitFor(async () => expect(await shown(made)).toMatchObject({ state: 'waiting' }), patience);
    // A person has stopped it: nobody's connection starts it.
    await expect(get(at(made))).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await shown(made)).problem?.message).toContain('is stopped');
    await started.ask('/api/servers/echo/start', { method: 'POST' });
    await phaseIs('echo', 'Running');
    expect(await get(at(made, '/again'))).toContain('"url":"/again"');
  });
});

test('bytes from a client are use of the workspace, and a mere connection is none', async () => {
  const made = await forward('idle', 8080);
  const silent = dial(made);
  await once(silent, 'connect');
  silent.destroy();
  await vi.waitFor(async () => expect((await shown(made)).connections).toMatchObject({ open: 0, total: 1 }), patience);
  const server = async (): Promise<Server> => (await started.ask('/api/servers/idle')).json() as Server;
  expect((await server()).last_activity).toBeUndefined();
  await get(at(made));
  await vi.waitFor(async () => {
    const { last_activity: last, awake } = await server();
    expect([last, awake?.by]).toEqual([expect.any(String), 'program']);
  }, patience);
});

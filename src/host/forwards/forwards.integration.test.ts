import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { errorBodySchema } from '#contract/errors.ts';
import { forwardSchema, forwardsSchema } from '#contract/forwards.ts';
import type { Forward } from '#contract/forwards.ts';
import { namespaceTest } from '#test/namespace.ts';
import { startHost } from '#test/host/started-host.ts';
import type { Answer, StartedHost } from '#test/host/started-host.ts';

// Nobody runs pods here: what is shown is all but the bytes.

const patience = { timeout: 60_000, interval: 50 };

async function launched(started: StartedHost, name: string): Promise<string> {
  const body = { image: 'alpine', name };
  const { id } = (await started.ask('/api/workspaces', { method: 'POST', body })).json() as { id: string };
  await vi.waitFor(async () => expect((await started.ask(`/api/servers/${id}`)).status).toBe(200), patience);
  return id;
}

const post = (started: StartedHost, id: string, body: object): Promise<Answer> =>
  started.ask(`/api/workspaces/${id}/forwards`, { method: 'POST', body });

async function forwarded(started: StartedHost, id: string, body: object): Promise<Forward> {
  const answer = await post(started, id, body);
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
  return forwardSchema.parse(answer.json());
}

async function listed(started: StartedHost, path = '/api/forwards'): Promise<Forward[]> {
  const answer = await started.ask(path);
  expect(answer.status).toBe(200);
  return forwardsSchema.parse(answer.json());
}

async function isOpen(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

namespaceTest(
  'a port is forwarded until it is stopped, listed by itself and with its workspace',
  async ({ namespace }) => {
    await using started = await startHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
    await started.reached('online');
    const [one, other] = await Promise.all([launched(started, 'one'), launched(started, 'other')]);
    const forward = await forwarded(started, one, { port: 5432, local_port: 0 });
    const { local_port: port = 0 } = forward;
    expect(forward).toMatchObject({
      workspace: one,
      port: 5432,
      exposed: false,
      state: 'waiting',
      problem: { code: 'not_ready' },
      connections: { open: 0, total: 0, refused: 0 },
    });
    expect(forward.addresses).toContain(`127.0.0.1:${String(port)}`);
    expect(await isOpen(port)).toBe(true);

    // Asked for by the port that it has, it is the answer; nothing else can have it.
    expect((await forwarded(started, one, { port: 5432, local_port: port })).id).toBe(forward.id);
    expect((await post(started, other, { port: 5432, local_port: port })).status).toBe(409);
    const free = await forwarded(started, other, { port: 80, local_port: 0 });
    const path = join(started.home, 'db.sock');
    const socket = await forwarded(started, other, { port: 5432, socket: path });
    expect(socket).toMatchObject({ addresses: [path], socket: path });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await forwarded(started, other, { port: 5432, socket: path })).id).toBe(socket.id);
    expect((await listed(started, `/api/workspaces/${other}/forwards`)).map(({ id }) => id)).toEqual([
      free.id,
      socket.id,
    ]);
    expect((await started.ask('/metrics')).text).toMatch(/^guildnet_forwards 3$/m);

    const stopped = await started.ask(`/api/forwards/${forward.id}`, { method: 'DELETE' });
    expect([stopped.status, stopped.json()]).toEqual([200, { stopped: forward.id }]);
    expect(await isOpen(port)).toBe(false);
    const rest = await started.ask(`/api/workspaces/${other}/forwards`, { method: 'DELETE' });
    expect(rest.json()).toEqual({ stopped: [free.id, socket.id] });
    expect(await listed(started)).toEqual([]);
  },
);

namespaceTest('forwards end with their workspace, and with the host', async ({ namespace }) => {
  const started = await startHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
  let kept = 0;
  try {
    await started.reached('online');
    const [gone, stays] = await Promise.all([launched(started, 'gone'), launched(started, 'stays')]);
    const { local_port: ends = 0 } = await forwarded(started, gone, { port: 80, local_port: 0 });
    const forward = await forwarded(started, stays, { port: 80, local_port: 0 });
    kept = forward.local_port ?? 0;
    expect((await started.ask(`/api/workspaces/${gone}`, { method: 'DELETE' })).status).toBe(200);
    await vi.waitFor(async () => expect((await listed(started)).map(({ id }) => id)).toEqual([forward.id]), patience);
    expect(await isOpen(ends)).toBe(false);
    // Another connection to the cluster: what it has still there stays.
    expect((await started.ask('/api/cluster/retry', { method: 'POST' })).status).toBe(200);
    await started.reached('online');
    await vi.waitFor(async () => {
      const [shown] = await listed(started);
      expect(shown).toMatchObject({ id: forward.id, problem: { code: 'not_ready' } });
    }, patience);
    expect(await isOpen(kept)).toBe(true);
  } finally {
    await started[Symbol.asyncDispose]();
  }
  expect(await isOpen(kept)).toBe(false);
});

namespaceTest('what cannot be forwarded is refused, with what to do', async ({ namespace }) => {
  await using started = await startHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
  await started.reached('online');
  const id = await launched(started, 'box');
  const refused = async (body: object, workspace = id): Promise<[number, string]> => {
    const answer = await post(started, workspace, body);
    const { code, message } = errorBodySchema.parse(answer.json());
    expect(message).toMatch(/\w/);
    return [answer.status, code];
  };
  expect(await refused({ port: 0 })).toEqual([400, 'bad_body']);
  expect(await refused({ port: 65_536 })).toEqual([400, 'bad_body']);
  expect(await refused({})).toEqual([400, 'bad_body']);
  expect(await refused({ port: 80, locall: 1 })).toEqual([400, 'bad_body']);
  expect(await refused({ port: 80, address: '0.0.0.0' })).toEqual([403, 'forbidden']);
  expect(await refused({ port: 80, address: 'example.com' })).toEqual([400, 'bad_request']);
  expect(await refused({ port: 80, local_port: 0, address: '192.0.2.1', allow_remote: true })).toEqual([
    400,
    'bad_request',
  ]);
  expect(await refused({ port: 80, local_port: started.port })).toEqual([409, 'conflict']);
  expect(await refused({ port: 80, socket: 'here' })).toEqual([400, 'bad_request']);
  expect(await refused({ port: 80 }, 'no-such-12345')).toEqual([404, 'not_found']);
  expect((await started.ask('/api/forwards/nothing', { method: 'DELETE' })).status).toBe(404);
  expect((await started.ask('/api/forwards', { method: 'POST' })).headers.allow).toBe('GET, HEAD');
  expect((await started.ask('/api/forwards', { as: 'nobody' })).status).toBe(401);
  expect(await listed(started)).toEqual([]);

  // At every address of the machine, where that was said.
  const exposed = await forwarded(started, id, { port: 80, local_port: 0, address: '0.0.0.0', allow_remote: true });
  expect(exposed.exposed).toBe(true);
  expect(started.lines.some((line) => line.includes('Whoever reaches this address'))).toBe(true);
});

namespaceTest('there are no more than a bounded number of them', async ({ namespace }) => {
  await using started = await startHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
  await started.reached('online');
  const id = await launched(started, 'box');
  const answers = await Promise.all(
    Array.from({ length: 70 }, () => post(started, id, { port: 80, local_port: 0, address: '127.0.0.1' })),
  );
  const statuses = answers.map(({ status }) => status);
  expect([
    statuses.filter((status) => status === 201).length,
    statuses.filter((status) => status === 503).length,
  ]).toEqual([64, 6]);
});

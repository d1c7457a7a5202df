import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { expect, vi } from 'vitest';
import { appLabels } from '#contract/app-labels.ts';
import { errorBodySchema } from '#contract/errors.ts';
import { hostEventSchema } from '#contract/events.ts';
import type { HostEvent } from '#contract/events.ts';
import { serverSchema } from '#contract/server.ts';
import type { Server } from '#contract/server.ts';
import { createWorkspace } from '#test/create-workspace.ts';
import { namespaceTest } from '#test/namespace.ts';
import { startHost } from '#test/host/started-host.ts';
import type { StartedHost } from '#test/host/started-host.ts';

async function online(namespace: { name: string; kubeconfigPath: string }): Promise<StartedHost> {
  const started = await startHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
  await started.reached('online');
  return started;
}

async function launch(started: StartedHost, body: object): Promise<string> {
  const accepted = await started.ask('/api/jobs', { method: 'POST', body });
  expect([accepted.status, accepted.text]).toEqual([202, expect.any(String)]);
  const { id, status } = accepted.json() as { id: string; status: string };
  expect(status).toBe('pending');
  return id;
}

/** Server-Sent Events of a watch over HTTPS, parsed. */
async function* watch(started: StartedHost): AsyncGenerator<HostEvent> {
  const request = httpsRequest(started.to('/api/watch'));
  request.end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  expect(response.headers['content-type']).toContain('text/event-stream');
  let rest = '';
  for await (const chunk of response) {
    const lines = `${rest}${String(chunk)}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('data: ')) yield hostEventSchema.parse(JSON.parse(line.slice('data: '.length)));
    }
  }
}

async function until(events: AsyncGenerator<HostEvent>, wanted: (event: HostEvent) => boolean): Promise<HostEvent> {
  for (;;) {
    const next = await events.next();
    if (next.done === true) throw new Error('The watch ended.');
    if (wanted(next.value)) return next.value;
  }
}

namespaceTest('a workspace whose mode somebody has set is stopped and started by that', async ({ namespace }) => {
  await using started = await online(namespace);
  const id = await launch(started, { image: 'alpine' });
  const where = {
    group: 'guildnet.io',
    version: 'v1alpha1',
    namespace: namespace.name,
    plural: 'workspaces',
    name: id,
  };
  const spec = async (): Promise<unknown> =>
    ((await namespace.custom.getNamespacedCustomObject(where)) as { spec: unknown }).spec;
  // Nobody has: a host from before there was a mode goes on understanding what is written.
  expect((await started.ask(`/api/servers/${id}/stop`, { method: 'POST' })).status).toBe(200);
  expect(await spec()).toMatchObject({ running: false });
  expect(await spec()).not.toHaveProperty('mode');
  await namespace.custom.patchNamespacedCustomObject({
    ...where,
    body: [{ op: 'add', path: '/spec/mode', value: 'Stopped' }],
  });
  await vi.waitFor(
    async () => {
      expect((await started.ask(`/api/servers/${id}/start`, { method: 'POST' })).status).toBe(200);
      expect(await spec()).toMatchObject({ mode: 'Running', running: true });
    },
    { timeout: 20_000 },
  );
});

namespaceTest('a launch is accepted, listed, shown, stopped, started and deleted', async ({ namespace }) => {
  await using started = await online(namespace);
  const id = await launch(started, { image: 'ghcr.io/owner/Code-Server:1'.toLowerCase(), env: { A: '1', '': '' } });
  expect(id).toMatch(/^code-server-[0-9a-f]{5}$/);

  const list = (await started.ask('/api/servers')).json() as Server[];
  // With a query it goes the long way, through the contract. The workspace may change between the two.
  await vi.waitFor(async () => {
    const short = (await started.ask('/api/servers')).json();
    expect((await started.ask('/api/servers?')).json()).toEqual(short);
  }, 10_000);
  expect(list.map((server) => server.id)).toEqual([id]);
  const server = serverSchema.parse((await started.ask(`/api/servers/${id}`)).json());
  expect(server).toMatchObject({ id, image: 'ghcr.io/owner/code-server:1', status: 'pending', env: { A: '1' } });
  expect(server.ide_url).toBe(`https://${id}.localhost:${String(started.port)}/`);

  const stopped = await started.ask(`/api/servers/${id}/stop`, { method: 'POST' });
  expect(stopped.status).toBe(200);
  const live = (await namespace.custom.getNamespacedCustomObject({
    group: 'guildnet.io',
    version: 'v1alpha1',
    namespace: namespace.name,
    plural: 'workspaces',
    name: id,
  })) as { spec: unknown; metadata: { labels: unknown } };
  expect(live.spec).toMatchObject({ running: false });
  expect(live.metadata.labels).toEqual({
    ...appLabels(id, 'code-server', 'workspace'),
    'guildnet.io/managed': 'true',
    'guildnet.io/id': id,
  });
  expect((await started.ask(`/api/servers/${id}/start`, { method: 'POST' })).status).toBe(200);

  const deleted = await started.ask(`/api/servers/${id}`, { method: 'DELETE' });
  expect([deleted.status, deleted.json()]).toEqual([200, expect.objectContaining({ deleted: id })]);
  const after = (await started.ask('/api/servers')).json() as Server[];
  expect(after.every((one) => one.phase === 'Terminating')).toBe(true);
});

namespaceTest(
  'names are made from the image or the wish, always suffixed, and never collide',
  async ({ namespace }) => {
    await using started = await online(namespace);
    const ids = await Promise.all(Array.from({ length: 10 }, () => launch(started, { image: 'alpine', name: 'box' })));
    expect(new Set(ids).size).toBe(10);
    for (const id of ids) expect(id).toMatch(/^box-[0-9a-f]{5}$/);
    expect(await launch(started, { image: 'alpine', name: 'b'.repeat(49) })).toMatch(/^b{49}-[0-9a-f]{5}$/);
  },
);

namespaceTest('each bad input is a 4xx with its cause and remedy', async ({ namespace }) => {
  await using started = await online(namespace);
  const rows: [object, string, RegExp][] = [
    [{ image: '' }, 'invalid_spec', /image is empty/],
    [{ image: 'code server' }, 'invalid_spec', /white space/],
    [{ image: 'a', name: 'MyBox' }, 'invalid_spec', /"MyBox"/],
    [{ image: 'a', name: 'x'.repeat(300) }, 'invalid_spec', /300 characters/],
    [{ image: 'a', env: [{ value: 'x' }] }, 'bad_body', /env/],
    [{ image: 'a', env: [{ name: '', value: 'x' }] }, 'invalid_spec', /entry 1 has a value but no name/],
    [{ image: 'a', env: { '': 'x' } }, 'invalid_spec', /entry 1 has a value but no name/],
    [{ image: 'a', expose: [{ port: 70_000 }] }, 'bad_body', /expose\.0\.port/],
    [{}, 'bad_body', /image/],
  ];
  for (const [body, code, message] of rows) {
    const answer = await started.ask('/api/jobs', { method: 'POST', body });
    const error = errorBodySchema.parse(answer.json());
    expect([JSON.stringify(body).slice(0, 80), answer.status, error.code]).toEqual([
      JSON.stringify(body).slice(0, 80),
      400,
      code,
    ]);
    expect(error.message).toMatch(message);
    expect(error.details?.['remedy']).toEqual(expect.any(String));
  }
  for (const [method, path] of [
    ['GET', ''],
    ['DELETE', ''],
    ['POST', '/stop'],
    ['POST', '/start'],
    ['POST', '/restart'],
  ] as const) {
    const answer = await started.ask(`/api/servers/no-such-12345${path}`, { method });
    expect([answer.status, errorBodySchema.parse(answer.json()).code]).toEqual([404, 'not_found']);
  }
  expect((await started.ask('/api/servers')).json()).toEqual([]);
});

namespaceTest('a watcher gets a snapshot, then every change as it happens', async ({ namespace }) => {
  await using started = await online(namespace);
  const first = await launch(started, { image: 'alpine', name: 'first' });
  const events = watch(started);
  const snapshot = await until(events, () => true);
  expect(snapshot).toMatchObject({
    type: 'snapshot',
    servers: [{ id: first }],
    cluster: { phase: 'online', namespace: namespace.name },
  });
  const second = await launch(started, { image: 'alpine', name: 'second' });
  await until(events, (event) => event.type === 'upsert' && event.server.id === second);
  // The operator's own writing shows too, without anybody asking.
  await until(
    events,
    (event) => event.type === 'upsert' && event.server.id === second && event.server.ports !== undefined,
  );
  await started.ask(`/api/servers/${first}`, { method: 'DELETE' });
  await until(events, (event) => event.type === 'delete' && event.id === first);
  await events.return(undefined);
});

namespaceTest('a workspace without a pod says what it waits for, in a page and in JSON', async ({ namespace }) => {
  await using started = await online(namespace);
  const id = await launch(started, { image: 'alpine' });
  // As who does not wait: what holds requests has tests of its own.
  const answer = await started.ask(`/proxy/server/${id}/`, { headers: { 'user-agent': 'kube-probe/1.37' } });
  expect(answer.status).toBe(503);
  expect(errorBodySchema.parse(answer.json())).toMatchObject({ code: 'not_ready', details: { id } });
  const navigation = { 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'document' };
  const page = await started.ask(`https://${id}.localhost/`, { headers: navigation });
  expect(page.status).toBe(503);
  expect(page.text).toContain('http-equiv="refresh"');
  await started.ask(`/api/servers/${id}/stop`, { method: 'POST' });
  const stopped = await started.ask(`https://${id}.localhost/`, { headers: navigation });
  expect(stopped.text).toContain('is stopped');
  expect(stopped.text).toContain('Start it');
  // The page looks again by itself; looking starts nothing.
  const phase = async (): Promise<string> => ((await started.ask(`/api/servers/${id}`)).json() as Server).phase;
  await expect.poll(phase, { timeout: 20_000 }).toBe('Stopped');
  expect((await started.ask('https://no-such.localhost/')).status).toBe(404);
});

namespaceTest(
  'a workspace without a pod has no log, and one whose pod has not begun an empty one',
  async ({ namespace }) => {
    await using started = await online(namespace);
    await createWorkspace(namespace, 'stopped', { image: 'alpine', running: false });
    await vi.waitFor(async () => expect((await started.ask('/api/servers/stopped')).status).toBe(200), 20_000);
    for (const path of ['/api/servers/stopped/logs', '/api/workspaces/stopped/logs']) {
      const answer = await started.ask(path);
      expect([answer.status, answer.json()]).toEqual([404, expect.objectContaining({ code: 'no_pods' })]);
    }
    const id = await launch(started, { image: 'alpine' });
    await vi.waitFor(
      async () => {
        const answer = await started.ask(`/api/workspaces/${id}/logs`);
        expect(answer.json()).toEqual({ container: 'workspace', containers: ['workspace'], lines: [] });
        expect((await started.ask(`/api/servers/${id}/logs`)).json()).toEqual([]);
      },
      { timeout: 30_000 },
    );
  },
);

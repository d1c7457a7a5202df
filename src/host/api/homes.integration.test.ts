import { beforeAll, expect, inject } from 'vitest';
import { appLabels } from '#contract/app-labels.ts';
import { baseNameOfImage } from '#contract/names.ts';
import { errorBodySchema } from '#contract/errors.ts';
import { homeSchema } from '#contract/home.ts';
import type { Home } from '#contract/home.ts';
import { deletedSchema, serverSchema } from '#contract/server.ts';
import type { Server } from '#contract/server.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { collectorKnowsWorkspaces } from '#test/collector.ts';
import { namespaceTest } from '#test/namespace.ts';
import { startHost } from '#test/host/started-host.ts';
import type { Answer, StartedHost } from '#test/host/started-host.ts';

const soon = { timeoutMs: 20_000 };

// A home goes when nothing uses it, and that its workspace's pod goes is Kubernetes' part.
beforeAll(() => collectorKnowsWorkspaces(inject('kubeconfigPath')));

async function online(namespace: { name: string; kubeconfigPath: string }): Promise<StartedHost> {
  const started = await startHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
  await started.reached('online');
  return started;
}

const post = (started: StartedHost, path: string, body?: object): Promise<Answer> =>
  started.ask(path, { method: 'POST', ...(body === undefined ? {} : { body }) });

async function launch(started: StartedHost, body: object): Promise<string> {
  return ((await post(started, '/api/jobs', body)).json() as { id: string }).id;
}

async function homesOf(started: StartedHost): Promise<Home[]> {
  return homeSchema.array().parse((await started.ask('/api/homes')).json());
}

async function server(started: StartedHost, id: string): Promise<Server | undefined> {
  const answer = await started.ask(`/api/servers/${id}`);
  return answer.status === 404 ? undefined : serverSchema.parse(answer.json());
}

/** The states of homes as a watcher hears of them, filled as they come. */
function watchHomes(started: StartedHost, signal: AbortSignal): string[] {
  const seen: string[] = [];
  const follow = async (): Promise<void> => {
    for await (const event of await started.host.client.host.watch(undefined, { signal }))
      if (event.type === 'home') seen.push(event.home.state);
  };
  follow().catch((error: unknown) => {
    if (!signal.aborted) seen.push(`the watch broke: ${String(error)}`);
  });
  return seen;
}

/** Launches it, waits for its home, deletes it, and waits until the home is all that is left. */
async function launchAndDelete(started: StartedHost, body: object): Promise<string> {
  const id = await launch(started, body);
  await waitUntil(async () => (await homesOf(started)).some((home) => home.id === id), { what: 'the home', ...soon });
  await started.ask(`/api/servers/${id}`, { method: 'DELETE' });
  await waitUntil(async () => (await homesOf(started)).some((home) => home.id === id && home.state === 'kept'), {
    what: 'the home to be kept',
    ...soon,
  });
  return id;
}

namespaceTest(
  'a deletion says until when the home is kept, and a restore brings the workspace back',
  async ({ namespace }) => {
    await using started = await online(namespace);
    const body = {
      image: 'docker.io/codercom/code-server:4',
      env: { A: '1' },
      labels: { team: 'blue' },
      home: { retain: '2h' },
    };
    const id = await launch(started, body);
    expect((await server(started, id))?.home).toEqual({ mount_path: '/home/coder', size: '10Gi', retain: '2h' });
    await waitUntil(async () => (await homesOf(started)).some((home) => home.id === id), { what: 'the home', ...soon });
    expect(await homesOf(started)).toMatchObject([{ id, state: 'used', size: '10Gi', image: body.image }]);

    const watching = new AbortController();
    const seen = watchHomes(started, watching.signal);
    const before = Date.now();
    const answer = await started.ask(`/api/servers/${id}`, { method: 'DELETE' });
    const { home } = deletedSchema.parse(answer.json());
    expect(home?.id).toBe(id);
    const until = Date.parse(home?.retained_until ?? '');
    expect(until).toBeGreaterThan(before + 2 * 3_600_000 - 5_000);
    expect(until).toBeLessThan(Date.now() + 2 * 3_600_000 + 5_000);
    await waitUntil(async () => (await server(started, id)) === undefined, { what: 'the workspace to go', ...soon });
    expect(await homesOf(started)).toMatchObject([
      { id, state: 'kept', retained_until: new Date(until).toISOString() },
    ]);

    const restored = await post(started, `/api/homes/${id}/restore`);
    expect([restored.status, restored.json()]).toEqual([202, { id, status: 'pending' }]);
    expect(await server(started, id)).toMatchObject({ id, image: body.image, env: { A: '1' }, home: { retain: '2h' } });
    const live = (await namespace.custom.getNamespacedCustomObject({
      group: 'guildnet.io',
      version: 'v1alpha1',
      plural: 'workspaces',
      namespace: namespace.name,
      name: id,
    })) as { metadata: { labels: object } };
    expect(live.metadata.labels).toEqual({
      ...appLabels(id, baseNameOfImage(body.image), 'workspace'),
      team: 'blue',
      'guildnet.io/managed': 'true',
      'guildnet.io/id': id,
    });
    await waitUntil(async () => (await homesOf(started))[0]?.state === 'used', {
      what: 'the home to be used',
      ...soon,
    });
    expect((await homesOf(started))[0]?.retained_until).toBeUndefined();

    // All of it arrived by itself at who watches.
    await waitUntil(() => seen.includes('kept') && seen.at(-1) === 'used', { what: 'the events', ...soon });
    watching.abort();
  },
);

namespaceTest(
  'a kept home is deleted for good only when asked for, and never under its workspace',
  async ({ namespace }) => {
    await using started = await online(namespace);
    const id = await launch(started, { image: 'alpine', home: {} });
    await waitUntil(async () => (await homesOf(started)).length === 1, { what: 'the home', ...soon });
    for (const [method, path] of [
      ['DELETE', `/api/homes/${id}`],
      ['POST', `/api/homes/${id}/restore`],
    ] as const) {
      const refused = await started.ask(path, { method });
      expect([refused.status, errorBodySchema.parse(refused.json()).code]).toEqual([409, 'conflict']);
    }
    await started.ask(`/api/servers/${id}`, { method: 'DELETE' });
    await waitUntil(async () => (await homesOf(started))[0]?.state === 'kept', {
      what: 'the home to be kept',
      ...soon,
    });
    const deleted = await started.ask(`/api/homes/${id}`, { method: 'DELETE' });
    expect([deleted.status, deleted.json()]).toEqual([200, { deleted: id }]);
    await waitUntil(async () => (await homesOf(started)).length === 0, { what: 'the home to go', ...soon });
    for (const [method, path] of [
      ['DELETE', `/api/homes/${id}`],
      ['POST', `/api/homes/${id}/restore`],
      ['DELETE', '/api/homes/no-such'],
    ] as const) {
      const missing = await started.ask(path, { method });
      expect([missing.status, errorBodySchema.parse(missing.json()).code]).toEqual([404, 'not_found']);
    }
  },
);

namespaceTest('a purge takes the home along', async ({ namespace }) => {
  await using started = await online(namespace);
  const id = await launch(started, { image: 'alpine', home: {} });
  await waitUntil(async () => (await homesOf(started)).length === 1, { what: 'the home', ...soon });
  const answer = await post(started, `/api/servers/${id}/purge`);
  expect([answer.status, answer.json()]).toEqual([200, { deleted: id }]);
  await waitUntil(async () => (await homesOf(started)).length === 0, { what: 'the home to go', timeoutMs: 40_000 });
});

namespaceTest('a host that comes later sees the homes that were kept', async ({ namespace }) => {
  let id = '';
  {
    await using first = await online(namespace);
    id = await launchAndDelete(first, { image: 'alpine', home: {} });
  }
  await using second = await online(namespace);
  expect(await homesOf(second)).toMatchObject([{ id, state: 'kept', image: 'alpine' }]);
});

namespaceTest('a restart gives the workspace a new pod, unless it is stopped', async ({ namespace }) => {
  await using started = await online(namespace);
  const id = await launch(started, { image: 'alpine' });
  const pod = async (): Promise<string | undefined> => {
    const { items } = await namespace.core.listNamespacedPod({ namespace: namespace.name });
    return items.find(({ metadata }) => metadata?.deletionTimestamp === undefined)?.metadata?.uid;
  };
  await waitUntil(async () => (await pod()) !== undefined, { what: 'the pod', ...soon });
  const before = await pod();
  expect((await post(started, `/api/servers/${id}/restart`)).status).toBe(200);
  await waitUntil(async () => ![undefined, before].includes(await pod()), { what: 'a new pod', ...soon });
  await post(started, `/api/servers/${id}/stop`);
  const refused = await post(started, `/api/servers/${id}/restart`);
  expect([refused.status, errorBodySchema.parse(refused.json()).code]).toEqual([409, 'conflict']);
});

namespaceTest('a workspace whose time to live is over is deleted, and its home is kept', async ({ namespace }) => {
  await using started = await online(namespace);
  const began = Date.now();
  const id = await launch(started, { image: 'alpine', home: {}, ttl: '5s' });
  await waitUntil(async () => (await server(started, id)) === undefined, { what: 'the end', ...soon });
  expect(Date.now() - began).toBeGreaterThan(3_500);
  expect(await homesOf(started)).toMatchObject([{ id, state: 'kept' }]);
});

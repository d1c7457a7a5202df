import { expect, vi } from 'vitest';
import { z } from 'zod';
import { workspaceGroup, workspacePlural, workspaceVersion } from '#contract/workspace.ts';
import { errorBodySchema } from '#contract/errors.ts';
import { hostStatusSchema } from '#contract/host-status.ts';
import { workspaceEventsSchema } from '#contract/workspace-events.ts';
import { patchedWorkspaceSchema } from '#contract/workspace-patch.ts';
import type { PatchedWorkspace } from '#contract/workspace-patch.ts';
import { workspacePageSchema, workspaceResourceSchema } from '#contract/workspace-resource.ts';
import type { WorkspacePage, WorkspaceResource } from '#contract/workspace-resource.ts';
import { namespaceTest } from '#test/namespace.ts';
import { startHost } from '#test/host/started-host.ts';
import type { Answer, StartedHost } from '#test/host/started-host.ts';

const plannedSchema = z.object({
  manifest: z.looseObject({ metadata: z.record(z.string(), z.unknown()), spec: z.record(z.string(), z.unknown()) }),
});
const patience = { timeout: 60_000, interval: 50 };

async function online(namespace: { name: string; kubeconfigPath: string }): Promise<StartedHost> {
  const started = await startHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
  await started.reached('online');
  return started;
}

async function create(started: StartedHost, body: object): Promise<WorkspaceResource> {
  const answer = await started.ask('/api/workspaces', { method: 'POST', body });
  const resource = workspaceResourceSchema.parse(answer.json());
  expect([answer.status, answer.headers.location, answer.headers.etag]).toEqual([
    201,
    `/api/workspaces/${resource.id}`,
    resource.etag,
  ]);
  return resource;
}

async function get(started: StartedHost, id: string): Promise<WorkspaceResource> {
  const answer = await started.ask(`/api/workspaces/${id}`);
  expect(answer.status).toBe(200);
  return workspaceResourceSchema.parse(answer.json());
}

function send(
  started: StartedHost,
  target: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return started.ask(`/api/workspaces/${target}`, { method: 'PATCH', body, headers });
}

function patched(answer: Answer): PatchedWorkspace {
  expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
  return patchedWorkspaceSchema.parse(answer.json());
}

function refused(answer: Answer): [number, string, string] {
  const { code, message } = errorBodySchema.parse(answer.json());
  return [answer.status, code, message];
}

namespaceTest(
  'a patch takes effect from the next start on, or at once where that is asked for',
  async ({ namespace }) => {
    await using started = await online(namespace);
    const { id, etag } = await create(started, { image: 'alpine:1', name: 'box', env: { A: '1' } });
    const imageOfPod = async (): Promise<string | undefined> => {
      const { spec } = await namespace.apps.readNamespacedDeployment({ name: id, namespace: namespace.name });
      return spec?.template.spec?.containers[0]?.image;
    };
    await vi.waitFor(async () => expect(await imageOfPod()).toBe('alpine:1'), patience);

    const tried = patched(await send(started, `${id}?dry_run=true`, { spec: { image: 'alpine:2' } }));
    expect(tried).toMatchObject({
      takes_effect: 'next-start',
      dry_run: true,
      workspace: { spec: { image: 'alpine:2' } },
    });
    expect((await get(started, id)).spec.image).toBe('alpine:1');

    const later = patched(await send(started, id, { spec: { image: 'alpine:2', ttl: '9h', env: { B: '2' } } }));
    expect(later).toMatchObject({
      changed: ['spec.image', 'spec.env.B', 'spec.ttl'],
      restarts: ['spec.image', 'spec.env.B'],
      takes_effect: 'next-start',
      dry_run: false,
      workspace: { spec: { image: 'alpine:2', ttl: '9h', env: { A: '1', B: '2' } } },
    });
    expect(later.workspace.etag).not.toBe(etag);
    // The operator has looked at it, and has left the pod alone.
    await vi.waitFor(async () => {
      const { status } = await get(started, id);
      const condition = status.conditions.find(({ type }) => type === 'UpToDate');
      expect(condition).toMatchObject({ status: 'False', reason: 'FromNextStart' });
      expect(condition?.message).toMatch(/from before the workspace was changed/);
      expect(status.changed_from_next_start).toBe(true);
    }, patience);
    expect(await imageOfPod()).toBe('alpine:1');

    expect((await started.ask(`/api/workspaces/${id}/restart`, { method: 'POST' })).status).toBe(200);
    await vi.waitFor(async () => expect(await imageOfPod()).toBe('alpine:2'), patience);
    await vi.waitFor(async () => expect((await get(started, id)).status.changed_from_next_start).toBe(false), patience);

    expect(patched(await send(started, `${id}?restart=now`, { spec: { image: 'alpine:3' } })).takes_effect).toBe(
      'restarting',
    );
    await vi.waitFor(async () => expect(await imageOfPod()).toBe('alpine:3'), patience);
    expect(patched(await send(started, id, { spec: { ttl: null } }))).toMatchObject({
      takes_effect: 'now',
      restarts: [],
    });
    expect(patched(await send(started, id, { spec: { image: 'alpine:3' } })).takes_effect).toBe('nothing-changed');

    // Of one that is stopped all counts from its next start on.
    const stopped = await started.ask(`/api/workspaces/${id}/stop`, { method: 'POST' });
    expect(workspaceResourceSchema.parse(stopped.json()).spec.mode).toBe('Stopped');
    expect(
      patched(await send(started, id, { spec: { image: 'alpine:4', ports: [{ containerPort: 9090 }] } })),
    ).toMatchObject({
      takes_effect: 'next-start',
    });
    expect((await started.ask(`/api/workspaces/${id}/start`, { method: 'POST' })).status).toBe(200);
    await vi.waitFor(async () => expect(await imageOfPod()).toBe('alpine:4'), patience);
    expect(refused(await send(started, id, { spec: { ports: [{ containerPort: 7070 }] } }))).toEqual([
      409,
      'conflict',
      expect.stringContaining('would lose a port'),
    ]);
  },
);

namespaceTest('a launch is planned as it would be done, and nothing is created by it', async ({ namespace }) => {
  await using started = await online(namespace);
  const plan = (body: object): Promise<Answer> => started.ask('/api/launch-plan', { method: 'POST', body });
  const job = {
    image: 'alpine:1',
    name: 'box',
    env: { A: '1', TOKEN: 'not-for-lists' },
    home: { size: '1Gi' },
    ttl: '9h',
  };
  const answer = await plan(job);
  expect(answer.status).toBe(200);
  expect(answer.text).not.toContain('not-for-lists');
  const { manifest } = plannedSchema.parse(answer.json());
  expect(manifest).toMatchObject({
    kind: 'Workspace',
    metadata: { name: 'box-xxxxx', namespace: namespace.name, finalizers: [expect.any(String)] },
    spec: { image: 'alpine:1', ttl: '9h', env: [{ name: 'A', value: '1' }, { name: 'TOKEN' }] },
  });
  expect(manifest.metadata).not.toHaveProperty('uid');
  expect((await started.ask('/api/workspaces')).json()).toEqual({ items: [] });

  // What it comes to is the same.
  const { id } = await create(started, job);
  const made = await namespace.custom.getNamespacedCustomObject({
    ...{ group: workspaceGroup, version: workspaceVersion, plural: workspacePlural },
    ...{ namespace: namespace.name, name: id },
  });
  const { env: _planned, ...spec } = manifest.spec;
  expect(made).toMatchObject({ spec });
  expect(Object.keys(plannedSchema.shape.manifest.parse(made).spec).toSorted()).toEqual(
    Object.keys(manifest.spec).toSorted(),
  );

  expect(refused(await plan({ image: 'not an image' })).slice(0, 2)).toEqual([400, 'invalid_spec']);
  expect(refused(await plan({ image: 'alpine:1', labels: { 'guildnet.io/id': 'other' } })).slice(0, 2)).toEqual([
    400,
    'invalid_spec',
  ]);
});

namespaceTest('what is no longer as it was read is not changed: 412', async ({ namespace }) => {
  await using started = await online(namespace);
  const { id, etag } = await create(started, { image: 'alpine', name: 'box' });
  const read = await started.ask(`/api/workspaces/${id}`);
  expect(read.headers.etag).toBe(etag);
  expect(patched(await send(started, id, { labels: { team: 'red' } }, { 'if-match': etag })).changed).toEqual([
    'labels.team',
  ]);
  const old = { 'if-match': etag };
  const spec = { spec: { ttl: '1h' } };
  expect(refused(await send(started, id, spec, old)).slice(0, 2)).toEqual([412, 'precondition_failed']);
  const kept = await started.ask(`/api/workspaces/${id}`, { method: 'DELETE', headers: old });
  expect(refused(kept).slice(0, 2)).toEqual([412, 'precondition_failed']);
  const now = await get(started, id);
  expect(now).toMatchObject({ labels: { team: 'red' } });
  expect(now.spec).not.toHaveProperty('ttl');
  expect(patched(await send(started, id, spec, { 'if-match': `"other", ${now.etag}` })).takes_effect).toBe('now');
  expect(
    patched(await send(started, id, { labels: { team: null } }, { 'if-match': '*' })).workspace.labels,
  ).not.toHaveProperty('team');
  await vi.waitFor(async () => {
    const { etag: current } = await get(started, id);
    const deleted = await started.ask(`/api/workspaces/${id}?home=purge`, {
      method: 'DELETE',
      headers: { 'if-match': current },
    });
    expect([deleted.status, deleted.json()]).toEqual([200, { deleted: id }]);
  }, patience);
});

namespaceTest('the list is selected from, and read page by page while it changes', async ({ namespace }) => {
  await using started = await online(namespace);
  const page = async (query = ''): Promise<WorkspacePage> => {
    const answer = await started.ask(`/api/workspaces${query}`);
    expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
    return workspacePageSchema.parse(answer.json());
  };
  expect(await page()).toEqual({ items: [] });
  const made: string[] = [];
  for (const team of ['red', 'red', 'blue', 'blue', 'blue'])
    made.push((await create(started, { image: 'alpine', labels: { team } })).id);
  const ids = ({ items }: WorkspacePage): string[] => items.map(({ id }) => id);
  expect(ids(await page()).toSorted()).toEqual(made.toSorted());
  const [first = '', second = ''] = made;
  expect(ids(await page('?labels=team%3Dred')).toSorted()).toEqual([first, second].toSorted());
  expect(ids(await page('?labels=team%20notin%20(red)')).length).toBe(3);
  await started.ask(`/api/workspaces/${first}/stop`, { method: 'POST' });
  await vi.waitFor(async () => expect(ids(await page('?status=stopped'))).toEqual([first]), patience);
  expect(ids(await page('?status=Stopped&labels=team=blue'))).toEqual([]);

  const one = await page('?limit=2');
  expect(one.items.length).toBe(2);
  // The very one where the page ended goes, and another comes.
  const last = one.items[1]?.id ?? '';
  expect((await started.ask(`/api/workspaces/${last}`, { method: 'DELETE' })).status).toBe(200);
  const { id: newcomer } = await create(started, { image: 'alpine', labels: { team: 'green' } });
  const two = await page(`?limit=2&cursor=${one.next ?? ''}`);
  const three = await page(`?limit=2&cursor=${two.next ?? ''}`);
  // What is there all the time comes once; what comes meanwhile may, where it was made in the same second as others.
  const seen = [...ids(one), ...ids(two), ...ids(three)];
  expect(seen.filter((id) => id !== newcomer).toSorted()).toEqual(made.toSorted());
  expect(three.next).toBeUndefined();

  for (const [query, field] of [
    ['?cursor=x', 'cursor'],
    ['?labels=a%3Db%3Dc', 'labels'],
    ['?status=running,asleep', 'status'],
  ] as const) {
    const answer = await started.ask(`/api/workspaces${query}`);
    expect([answer.status, errorBodySchema.parse(answer.json())]).toMatchObject([
      400,
      { code: 'bad_request', details: { field } },
    ]);
  }
  for (const query of ['?limit=0', '?limit=501', '?limit=x', '?colour=red'])
    expect((await started.ask(`/api/workspaces${query}`)).status).toBe(400);

  // Any of them may be the one that was deleted.
  const there = made.find((id) => id !== last) ?? '';
  const nearly = await started.ask(`/api/workspaces/${there.slice(0, -1)}x`);
  expect([nearly.status, errorBodySchema.parse(nearly.json())]).toMatchObject([
    404,
    { code: 'not_found', details: { nearest: expect.arrayContaining([there]) as string[] } },
  ]);
});

namespaceTest('stop-all deletes all workspaces, under both of its names', async ({ namespace }) => {
  await using started = await online(namespace);
  const selected = { namespace: namespace.name, labelSelector: 'guildnet.io/managed=true' };
  const workloads = async (): Promise<string[]> => {
    const [deployments, services] = [
      await namespace.apps.listNamespacedDeployment(selected),
      await namespace.core.listNamespacedService(selected),
    ];
    return [...deployments.items, ...services.items].map(({ metadata }) => metadata?.name ?? '').toSorted();
  };
  for (const path of ['/api/stop-all', '/api/admin/stop-all']) {
    const none = await started.ask(path, { method: 'POST' });
    expect([none.status, none.json()]).toEqual([200, { deleted: [] }]);
    const ids: string[] = [];
    for (const name of ['one', 'two', 'three']) ids.push((await create(started, { image: 'alpine', name })).id);
    const both = ids.flatMap((id) => [id, id]).toSorted();
    await vi.waitFor(async () => expect(await workloads()).toEqual(both), patience);
    const all = await started.ask(path, { method: 'POST' });
    expect([all.status, all.json()]).toEqual([200, { deleted: ids.toSorted() }]);
    await vi.waitFor(async () => expect((await started.ask('/api/servers')).json()).toEqual([]), patience);
    await vi.waitFor(async () => expect(await workloads()).toEqual([]), patience);
  }
});

namespaceTest(
  'what the cluster tells of a workspace, its ports and the host itself can be read',
  async ({ namespace }) => {
    await using started = await online(namespace);
    const { id } = await create(started, { image: 'alpine', expose: [{ port: 3000, name: 'web' }, { port: 9229 }] });
    const ports = await started.ask(`/api/workspaces/${id}/ports`);
    expect([ports.status, ports.json()]).toMatchObject([
      200,
      [
        { port: 3000, name: 'web', url: `https://3000--${id}.localhost:${String(started.port)}/` },
        { port: 9229, protocol: 'TCP', scheme: 'http' },
      ],
    ]);
    // Nobody runs pods here; the controllers tell of what they make all the same.
    await vi.waitFor(async () => {
      const events = await started.ask(`/api/workspaces/${id}/events`);
      expect(events.status).toBe(200);
      const kinds = workspaceEventsSchema.parse(events.json()).map(({ about }) => about.kind);
      expect(kinds).toEqual(expect.arrayContaining(['Deployment', 'ReplicaSet']));
    }, patience);
    for (const part of ['events', 'ports'])
      expect((await started.ask(`/api/workspaces/no-such-12345/${part}`)).status).toBe(404);
    await vi.waitFor(async () => {
      const status = hostStatusSchema.parse((await started.ask('/api/status')).json());
      expect(status).toMatchObject({
        ready: true,
        cluster: { phase: 'online', namespace: namespace.name },
        lease: { held_by: 'this-host' },
        versions: { guildnet: '0.0.0-test', kubernetes: expect.stringMatching(/^v1\./) as string },
        workspaces: expect.objectContaining({}) as object,
      });
      expect(Object.values(status.workspaces ?? {}).reduce((sum, count) => sum + count, 0)).toBe(1);
    }, patience);
  },
);

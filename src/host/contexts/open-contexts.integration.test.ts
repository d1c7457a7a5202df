import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { auditListSchema } from '#contract/audit.ts';
import { kubeContextsSchema } from '#contract/contexts.ts';
import { errorBodySchema } from '#contract/errors.ts';
import { hostStatusSchema } from '#contract/host-status.ts';
import { serverSchema } from '#contract/server.ts';
import { workspacePageSchema, workspaceResourceSchema } from '#contract/workspace-resource.ts';
import { createWorkspace } from '#test/create-workspace.ts';
import { contextsKubeconfig } from '#test/host/contexts-kubeconfig.ts';
import { startHost } from '#test/host/started-host.ts';
import type { StartedHost } from '#test/host/started-host.ts';
import { namespaceTest } from '#test/namespace.ts';
import { ownControlPlane } from '#test/own-control-plane.ts';
import { contextLabel } from './context-label.ts';

const patience = { timeout: 60_000, interval: 100 };
const second = 'arn:aws/two';
const label = contextLabel(second);

const contexts = async (host: StartedHost) => kubeContextsSchema.parse((await host.ask('/api/contexts')).json());
const phases = async (host: StartedHost) =>
  Object.fromEntries(
    (await contexts(host)).map(({ name, current, open }) => [name, current ? 'current' : open?.phase]),
  );
const post = async (host: StartedHost, path: string, body: object = {}) => host.ask(path, { method: 'POST', body });
const servers = async (host: StartedHost) => serverSchema.array().parse((await host.ask('/api/servers')).json());
const ids = async (host: StartedHost) => (await servers(host)).map(({ id }) => id).toSorted();

/** Of all pages, one workspace each. */
async function paged(host: StartedHost): Promise<string[]> {
  const all: string[] = [];
  for (let cursor = ''; ; ) {
    const answer = await host.ask(`/api/workspaces?limit=1${cursor}`);
    const { items, next } = workspacePageSchema.parse(answer.json());
    all.push(...items.map(({ id }) => id));
    if (next === undefined) return all.toSorted();
    cursor = `&cursor=${next}`;
  }
}

namespaceTest(
  'contexts are open at the same time: one list, each workspace by its own id, and one that is dead holds nobody up',
  async ({ namespace }) => {
    await using other = await ownControlPlane('open-contexts');
    await using kubeconfig = await contextsKubeconfig([
      { name: 'one', like: namespace.kubeconfigPath, namespace: namespace.name },
      { name: second, like: other.namespace.kubeconfigPath, namespace: other.namespace.name },
      { name: 'dead' },
    ]);
    const home = join(kubeconfig.folder, 'home');
    await mkdir(home);
    const there = `same@${label}`;
    {
      await using host = await startHost({ kubeconfigPath: kubeconfig.path, home });
      await host.reached('online');
      expect((await post(host, '/api/contexts/open', { context: second })).status).toBe(202);
      expect((await post(host, '/api/contexts/open', { context: 'dead' })).status).toBe(202);
      await expect.poll(() => phases(host), patience).toEqual({ one: 'current', [second]: 'online', dead: 'offline' });

      await createWorkspace(namespace, 'same', { image: 'alpine:1' });
      await createWorkspace(other.namespace, 'same', { image: 'alpine:1' });
      await expect.poll(() => ids(host), patience).toEqual(['same', there]);
      expect((await servers(host)).find(({ id }) => id === there)).toMatchObject({
        context: second,
        ide_url: `https://same---${label}.localhost:${String(host.port)}/`,
      });

      const made = await post(host, '/api/jobs', { image: 'alpine:1', name: 'far', context: second });
      expect([made.status, made.json()]).toEqual([
        202,
        { id: expect.stringMatching(`^far-.*@${label}$`) as string, status: 'pending' },
      ]);
      const far = (made.json() as { id: string }).id;
      await expect.poll(() => paged(host), patience).toEqual([far, 'same', there].toSorted());
      const known = await other.namespace.custom.listNamespacedCustomObject({
        group: 'guildnet.io',
        version: 'v1alpha1',
        namespace: other.namespace.name,
        plural: 'workspaces',
      });
      expect((known as { items: unknown[] }).items).toHaveLength(2);

      // What is done to one is not done to the other of that name.
      expect((await post(host, `/api/workspaces/${there}/stop`)).json()).toMatchObject({ id: there, context: second });
      const patch = { method: 'PATCH', body: { labels: { team: 'red' } } };
      const patched = await host.ask(`/api/workspaces/${encodeURIComponent(there)}`, patch);
      expect(patched.json()).toMatchObject({ workspace: { id: there, labels: { team: 'red' } } });
      const own = workspaceResourceSchema.parse((await host.ask('/api/workspaces/same')).json());
      expect([own.spec.mode, own.labels['team']]).toEqual(['Running', undefined]);
      // The one in use is understood by its label, too.
      expect((await host.ask('/api/workspaces/same@one')).json()).toMatchObject({ id: 'same' });

      for await (const event of await host.host.client.host.watch()) {
        if (event.type !== 'snapshot') continue;
        expect(event.servers.map(({ id }) => id).toSorted()).toEqual([far, 'same', there].toSorted());
        break;
      }
      for await (const change of await host.host.client.resources.follow({})) {
        if (change.type !== 'list') continue;
        expect(change.items.map(({ id }) => id).toSorted()).toEqual([far, 'same', there].toSorted());
        break;
      }
      const status = hostStatusSchema.parse((await host.ask('/api/status')).json());
      expect(status.degraded.map(({ message }) => message)).toContainEqual(
        expect.stringMatching(/^The context dead: /),
      );
      const unknown = await host.ask('/api/workspaces/same@nowhere');
      expect([unknown.status, errorBodySchema.parse(unknown.json()).message]).toEqual([
        404,
        'No context is open that "@nowhere" stands for.',
      ]);
      const written = auditListSchema.parse((await host.ask('/api/audit')).json());
      expect(written.filter(({ call }) => call === 'resources.stop').map(({ workspace }) => workspace)).toEqual([
        there,
      ]);
      expect(written.filter(({ call }) => call === 'cluster.open').map(({ context }) => context)).toEqual([
        'dead',
        second,
      ]);
      expect((await host.ask(`/api/servers/${far}`, { method: 'DELETE' })).json()).toMatchObject({ deleted: far });
      await expect.poll(() => ids(host), patience).toEqual(['same', there]);
    }

    // What was open is open again, and what is in use is not open beside itself.
    await using host = await startHost({ kubeconfigPath: kubeconfig.path, home });
    await expect.poll(() => phases(host), patience).toEqual({ one: 'current', [second]: 'online', dead: 'offline' });
    expect((await post(host, '/api/contexts/close', { context: 'dead' })).status).toBe(200);
    expect((await post(host, '/api/contexts/use', { context: second })).status).toBe(202);
    await expect.poll(() => ids(host), patience).toEqual(['same']);
    expect(await phases(host)).toEqual({ one: undefined, [second]: 'current', dead: undefined });
    expect((await post(host, '/api/contexts/open', { context: 'one' })).status).toBe(202);
    await expect.poll(() => ids(host), patience).toEqual(['same', 'same@one']);

    // All that is deleted is what is in use; and when that dies, the other goes on.
    expect((await post(host, '/api/stop-all')).json()).toEqual({ deleted: ['same'] });
    await expect.poll(() => ids(host), patience).toEqual(['same@one']);
    await other.cluster.down();
    expect((await host.ask('/api/workspaces/same@one')).status).toBe(200);
    expect(await ids(host)).toEqual(['same@one']);
    expect((await post(host, '/api/contexts/close', { context: 'one' })).json()).toMatchObject({ name: 'one' });
    expect((await host.ask('/api/workspaces/same@one')).status).toBe(404);
  },
);

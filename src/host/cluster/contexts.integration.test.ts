import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { auditListSchema } from '#contract/audit.ts';
import { clusterStateSchema } from '#contract/cluster.ts';
import { kubeContextsSchema } from '#contract/contexts.ts';
import { errorBodySchema } from '#contract/errors.ts';
import { settingsReportSchema } from '#contract/settings.ts';
import { brokenLine } from '#test/host/broken-line.ts';
import { contextsKubeconfig } from '#test/host/contexts-kubeconfig.ts';
import { startHost } from '#test/host/started-host.ts';
import type { Ask, StartedHost } from '#test/host/started-host.ts';
import { namespaceTest } from '#test/namespace.ts';
import { ownControlPlane } from '#test/own-control-plane.ts';

const patience = { timeout: 60_000, interval: 100 };

const contexts = async (host: StartedHost) => kubeContextsSchema.parse((await host.ask('/api/contexts')).json());
const inUse = async (host: StartedHost) =>
  (await contexts(host)).filter(({ current }) => current).map(({ name }) => name);
const use = (host: StartedHost, body: object, ask: Ask = {}) =>
  host.ask('/api/contexts/use', { method: 'POST', body, ...ask });
const state = async (host: StartedHost) => clusterStateSchema.parse((await host.ask('/api/cluster')).json());
const ids = async (host: StartedHost) =>
  ((await host.ask('/api/servers')).json() as { id: string }[]).map(({ id }) => id);
const launch = async (host: StartedHost, name: string) => {
  const answer = await host.ask('/api/jobs', { method: 'POST', body: { image: 'alpine', name } });
  expect([answer.status, answer.text]).toEqual([202, expect.any(String)]);
  return (answer.json() as { id: string }).id;
};
const reached = (host: StartedHost, context: string) =>
  expect.poll(() => state(host), patience).toMatchObject({ context, phase: 'online' });

/** The workspaces of each snapshot that one who watches is told, until there is one with such a name. */
async function snapshotsUntil({ host }: StartedHost, name: string): Promise<string[][]> {
  const shown: string[][] = [];
  for await (const event of await host.client.host.watch()) {
    if (event.type === 'snapshot') shown.push(event.servers.map(({ id }) => id));
    if (event.type === 'upsert' && event.server.id.startsWith(name)) break;
  }
  return shown;
}

namespaceTest(
  'a host changes between the contexts of its kubeconfig, without a restart, and shows nothing of what it has left',
  async ({ namespace }) => {
    await using second = await ownControlPlane('contexts');
    await using kubeconfig = await contextsKubeconfig([
      { name: 'one', like: namespace.kubeconfigPath, namespace: namespace.name },
      { name: 'arn:aws/two', like: second.namespace.kubeconfigPath, namespace: second.namespace.name },
      { name: 'dead' },
    ]);
    await using host = await startHost({ kubeconfigPath: kubeconfig.path });
    await host.reached('online');
    expect((await contexts(host)).map(({ name, current, selected }) => [name, current, selected])).toEqual([
      ['one', true, true],
      ['arn:aws/two', false, false],
      ['dead', false, false],
    ]);
    const id = await launch(host, 'here');
    const forward = await host.ask(`/api/workspaces/${id}/forwards`, { method: 'POST', body: { port: 8080 } });
    expect(forward.status).toBe(201);
    const watched = snapshotsUntil(host, 'there');

    // Dead: accepted, tried, and said why; what needs no cluster is answered.
    const answer = await use(host, { context: 'dead' });
    expect([answer.status, answer.json()]).toEqual([
      202,
      expect.objectContaining({ phase: 'connecting', context: 'dead' }),
    ]);
    expect((await host.ask('/api/forwards')).json()).toEqual([]);
    await expect
      .poll(() => state(host), patience)
      .toMatchObject({ context: 'dead', phase: 'offline', problem: { code: 'cluster_offline' } });
    expect(await inUse(host)).toEqual(['dead']);
    expect((await host.ask('/healthz')).status).toBe(200);
    expect((await host.ask('/api/servers')).status).toBe(503);

    // And left at once, for another cluster that knows nothing of the first.
    expect((await use(host, { context: 'arn:aws/two' })).status).toBe(202);
    await reached(host, 'arn:aws/two');
    expect(await ids(host)).toEqual([]);
    expect((await host.ask(`/api/workspaces/${id}`)).status).toBe(404);
    await launch(host, 'there');

    expect((await use(host, { context: 'one' })).status).toBe(202);
    await reached(host, 'one');
    expect(await ids(host)).toEqual([id]);
    // Where it is already nothing happens, and what is open stays.
    expect((await use(host, { context: 'one' })).json()).toMatchObject({ phase: 'online', context: 'one' });

    expect((await use(host, { context: 'one', namespace: 'default' })).status).toBe(202);
    await expect.poll(() => state(host), patience).toMatchObject({ namespace: 'default', phase: 'online' });

    const refused = await use(host, { context: 'arn:aws/tow' });
    expect([refused.status, errorBodySchema.parse(refused.json())]).toEqual([
      404,
      expect.objectContaining({
        details: expect.objectContaining({ remedy: 'Did you mean "arn:aws/two"?' }) as object,
      }),
    ]);
    expect((await use(host, { context: 'one', namespace: 'Not A Name' })).status).toBe(400);
    expect(await state(host)).toMatchObject({ context: 'one', phase: 'online' });

    // Everybody who watches was told that nothing is there any more, before they were told of the other.
    expect((await watched).slice(0, 2)).toEqual([[id], []]);

    const audited = auditListSchema.parse((await host.ask('/api/audit')).json());
    expect(
      audited.filter(({ call }) => call === 'cluster.use').map(({ context, outcome }) => [context, outcome]),
    ).toContainEqual(['arn:aws/tow', 'not_found']);
  },
);

namespaceTest(
  'a context that stops answering in the middle is left at once, and one that is chosen is there after a restart',
  async ({ namespace }) => {
    await using kubeconfig = await contextsKubeconfig([]);
    await using line = await brokenLine(namespace.kubeconfigPath, kubeconfig.folder);
    const one = { name: 'one', like: line.kubeconfigPath, namespace: namespace.name };
    const two = { name: 'two', like: namespace.kubeconfigPath, namespace: namespace.name };
    await kubeconfig.write([one, two]);
    const home = join(kubeconfig.folder, 'home');
    await mkdir(home);
    const start = (env: NodeJS.ProcessEnv = {}) => startHost({ kubeconfigPath: kubeconfig.path, home, env });
    {
      await using host = await start();
      await reached(host, 'one');
      line.freeze();
      expect((await use(host, { context: 'two' })).status).toBe(202);
      await reached(host, 'two');
      const { settings } = settingsReportSchema.parse((await host.ask('/api/settings')).json());
      expect(settings.find(({ key }) => key === 'context')).toMatchObject({ value: 'two', source: 'chosen' });
    }
    {
      await using again = await start();
      await reached(again, 'two');
    }
    {
      await using told = await start({ GUILDNET_CONTEXT: 'one' });
      await expect.poll(() => state(told), patience).toMatchObject({ context: 'one', phase: 'offline' });
      expect(await inUse(told)).toEqual(['one']);
    }
    // What is no longer there is not waited for.
    await kubeconfig.write([{ ...two, name: 'three' }]);
    await using without = await start();
    await reached(without, 'three');
  },
);

namespaceTest(
  'a kubeconfig that is written is noticed: its contexts are listed, it is used where it was missing, and one that leads elsewhere is followed',
  async ({ namespace }) => {
    await using kubeconfig = await contextsKubeconfig([{ name: 'one' }]);
    const good = { name: 'one', like: namespace.kubeconfigPath, namespace: namespace.name };
    await using host = await startHost({ kubeconfigPath: kubeconfig.path });
    await host.reached('offline');
    const watch = await host.host.client.host.watch();
    await kubeconfig.write([good, { name: 'two' }]);
    for await (const event of watch) if (event.type === 'contexts') break;
    expect((await contexts(host)).map(({ name }) => name)).toEqual(['one', 'two']);
    await reached(host, 'one');

    // What another program makes current is not what this host works with.
    await kubeconfig.write([{ name: 'two' }, { ...good, namespace: 'default' }]);
    await expect
      .poll(() => state(host), patience)
      .toMatchObject({ context: 'one', namespace: 'default', phase: 'online' });
    expect((await contexts(host)).map(({ name, current, selected }) => [name, current, selected])).toEqual([
      ['two', false, true],
      ['one', true, false],
    ]);
  },
);

test('which contexts there are is for those who may do what concerns all, and so is choosing one', async () => {
  await using kubeconfig = await contextsKubeconfig([{ name: 'dead' }, { name: 'dead too' }]);
  await using host = await startHost({
    kubeconfigPath: kubeconfig.path,
    peerOf: ({ remoteAddress }) =>
      Promise.resolve(
        remoteAddress === '127.0.0.2'
          ? { kind: 'peer', login: 'anna', device: { name: 'phone', id: 'n1' }, tags: [], capabilities: [] }
          : undefined,
      ),
  });
  const asked = { as: 'nobody' } as const;
  expect([
    (await host.ask('/api/contexts', asked)).status,
    (await use(host, { context: 'dead too' }, asked)).status,
  ]).toEqual([401, 401]);
  const peer = { from: '127.0.0.2' };
  expect((await host.ask('/api/contexts', peer)).status).toBeGreaterThanOrEqual(403);
  expect((await use(host, { context: 'dead too' }, peer)).status).toBeGreaterThanOrEqual(403);
  expect(await inUse(host)).toEqual(['dead']);
});

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject } from 'vitest';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { clusterStateSchema } from '#contract/cluster.ts';
import { kubeContextsSchema } from '#contract/contexts.ts';
import { createNamespace } from '#test/create-namespace.ts';
import { startHost } from '#test/host/started-host.ts';
import { namespaceTest } from '#test/namespace.ts';

const patience = { timeout: 60_000, interval: 100 };
const named = z.array(z.looseObject({ name: z.string() }));
const kubeconfigSchema = z.looseObject({
  'current-context': z.string(),
  clusters: named,
  contexts: z.array(
    z.looseObject({ name: z.string(), context: z.looseObject({ cluster: z.string(), user: z.string() }) }),
  ),
});

namespaceTest(
  'a host changes between the contexts of its kubeconfig, and one that is dead slows nobody',
  async ({ namespace }) => {
    await using other = await createNamespace(inject('kubeconfigPath'));
    const config = kubeconfigSchema.parse(parse(await readFile(namespace.kubeconfigPath, 'utf8')));
    const [first] = config.contexts;
    if (first === undefined) throw new Error('The kubeconfig of the tests has no context.');
    const folder = await mkdtemp(join(tmpdir(), 'guildnet-contexts-'));
    await using cleanUp = new AsyncDisposableStack();
    cleanUp.defer(() => rm(folder, { recursive: true }));
    const file = join(folder, 'kubeconfig');
    const context = (name: string, more: object) => ({ name, context: { ...first.context, ...more } });
    await writeFile(
      file,
      stringify({
        ...config,
        'current-context': 'one',
        clusters: [...config.clusters, { name: 'dead', cluster: { server: 'https://127.0.0.1:1' } }],
        contexts: [
          context('one', { namespace: namespace.name }),
          context('arn:aws/two', { namespace: other.name }),
          context('dead', { cluster: 'dead' }),
        ],
      }),
      { mode: 0o600 },
    );
    await using host = await startHost({ kubeconfigPath: file });
    const contexts = async () => kubeContextsSchema.parse((await host.ask('/api/contexts')).json());
    const use = (body: object) => host.ask('/api/contexts/use', { method: 'POST', body });
    const state = async () => clusterStateSchema.parse((await host.ask('/api/cluster')).json());

    await host.reached('online');
    expect((await contexts()).map(({ name, current }) => [name, current])).toEqual([
      ['one', true],
      ['arn:aws/two', false],
      ['dead', false],
    ]);

    expect((await use({ context: 'dead' })).status).toBe(202);
    await expect.poll(async () => (await state()).phase, patience).toBe('offline');
    // What needs no cluster is answered; what needs one says at once why not.
    expect((await host.ask('/healthz')).status).toBe(200);
    expect((await host.ask('/api/servers')).status).toBe(503);

    expect((await use({ context: 'arn:aws/two' })).status).toBe(202);
    await expect.poll(async () => (await state()).phase, patience).toBe('online');
    expect(await state()).toMatchObject({ context: 'arn:aws/two', namespace: other.name });
    expect((await host.ask('/api/servers')).json()).toEqual([]);

    expect((await use({ context: 'one', namespace: other.name })).status).toBe(202);
    await expect.poll(async () => (await state()).phase, patience).toBe('online');
    expect(await state()).toMatchObject({ context: 'one', namespace: other.name });

    expect((await use({ context: 'nowhere' })).status).toBe(404);
    expect((await use({ context: 'one', namespace: 'Not A Name' })).status).toBe(400);
    expect(await state()).toMatchObject({ context: 'one', phase: 'online' });
  },
);

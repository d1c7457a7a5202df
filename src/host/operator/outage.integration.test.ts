import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLocalCluster } from '#local-cluster/local-cluster.ts';
import type { LocalCluster } from '#local-cluster/local-cluster.ts';
import { defaultPaths } from '#local-cluster/paths.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { createNamespace } from '#test/create-namespace.ts';
import { runOperator } from './test-operator.ts';

const image = 'guildnet.local/echo:1';

describe('an API server that is killed and comes back', () => {
  let cluster: LocalCluster;
  let stateDir: string;
  let kubeconfigPath: string;

  // A cluster of its own: the other tests' API server is not ours to kill.
  beforeAll(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'guildnet-outage-'));
    cluster = createLocalCluster({
      name: 'test-outage',
      level: 'control-plane',
      stateDir,
      cacheDir: defaultPaths(process.env).cache,
      recipeDir: fileURLToPath(new URL('../../local-cluster/recipe', import.meta.url)),
    });
    kubeconfigPath = (await cluster.up()).kubeconfigPath;
  });
  afterAll(async () => {
    await cluster.reset();
    await rm(stateDir, { recursive: true, force: true });
  });

  test('the operator goes on by itself, and does what was asked for meanwhile', async () => {
    await using namespace = await createNamespace(kubeconfigPath);
    await using operator = await runOperator(namespace);
    const { world } = operator;
    await operator.create('early', { image });
    await waitUntil(() => world.workspaces.get('early')?.status?.phase, {
      what: 'the first workspace',
      timeoutMs: 20_000,
    });
    await cluster.killComponent('kube-apiserver');
    await waitUntil(() => world.state === 'offline', { what: 'the outage to be noticed', timeoutMs: 20_000 });
    expect(world.workspaces.list()).toHaveLength(1);
    await cluster.startComponent('kube-apiserver');
    await waitUntil(() => world.state === 'online', { what: 'the world to be back', timeoutMs: 30_000 });
    await operator.create('late', { image });
    await waitUntil(() => world.workspaces.get('late')?.status?.serviceIP, {
      what: 'the second workspace',
      timeoutMs: 20_000,
    });
    await namespace.apps.readNamespacedDeployment({ name: 'late', namespace: namespace.name });
  });
});

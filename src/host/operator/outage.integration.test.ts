import { expect, test } from 'vitest';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { ownControlPlane } from '#test/own-control-plane.ts';
import { runOperator } from '#test/operator/operator.ts';

const image = 'guildnet.local/echo:1';

// The other tests' control plane is not ours to break.
test('an API server that is killed and comes back: the operator goes on by itself, and does what was asked for meanwhile', async () => {
  await using own = await ownControlPlane('outage');
  const { namespace } = own;
  await using operator = await runOperator(namespace);
  const { world } = operator;
  await operator.create('early', { image });
  await waitUntil(() => world.workspaces.get('early')?.status?.phase, {
    what: 'the first workspace',
    timeoutMs: 20_000,
  });
  await own.cluster.killComponent('kube-apiserver');
  await waitUntil(() => world.state === 'offline', { what: 'the outage to be noticed', timeoutMs: 20_000 });
  expect(world.workspaces.list()).toHaveLength(1);
  await own.cluster.startComponent('kube-apiserver');
  await waitUntil(() => world.state === 'online', { what: 'the world to be back', timeoutMs: 30_000 });
  await operator.create('late', { image });
  await waitUntil(() => world.workspaces.get('late')?.status?.serviceIP, {
    what: 'the second workspace',
    timeoutMs: 20_000,
  });
  await namespace.apps.readNamespacedDeployment({ name: 'late', namespace: namespace.name });
});

test('a controller manager that is killed is named, and what it missed is done when it is back', async () => {
  await using own = await ownControlPlane('silent');
  const { namespace } = own;
  await using operator = await runOperator(namespace);
  const status = () => operator.world.workspaces.get('ws')?.status;
  await own.cluster.killComponent('kube-controller-manager');
  await operator.create('ws', { image });
  await waitUntil(() => status()?.lastError?.reason === 'ControllersSilent', {
    what: 'the silence to be noticed',
    timeoutMs: 30_000,
    explain: () => JSON.stringify(status()),
  });
  expect(status()?.lastError?.remedy).toContain('kube-controller-manager');
  await own.cluster.startComponent('kube-controller-manager');
  await waitUntil(() => status()?.lastError === undefined && operator.world.pods.list().length === 1, {
    what: 'the pod',
    timeoutMs: 60_000,
    explain: () => JSON.stringify(status()),
  });
});

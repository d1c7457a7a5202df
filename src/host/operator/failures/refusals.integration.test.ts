import { expect } from 'vitest';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { limitedKubeconfig } from '#test/limited-kubeconfig.ts';
import { namespaceTest as test } from '#test/namespace.ts';
import { reached } from '#test/reached.ts';
import { runOperator } from '#test/operator/operator.ts';

const image = 'guildnet.local/echo:1';

test('a missing RBAC rule is named, with its remedy, in the status of the workspace', async ({ namespace }) => {
  const { name } = namespace;
  const groups = ['guildnet.io', 'apps', 'coordination.k8s.io', 'networking.k8s.io', 'events.k8s.io'];
  await using config = await limitedKubeconfig(namespace, [
    { apiGroups: groups, resources: ['*'], verbs: ['*'] },
    { apiGroups: [''], resources: ['pods', 'events', 'services'], verbs: ['get', 'list', 'watch'] },
  ]);
  await using operator = await runOperator({ kubeconfigPath: config.path, name });
  await operator.create('ws', { image });
  const failure = await waitUntil(() => operator.world.workspaces.get('ws')?.status?.lastError, {
    what: 'the failure',
    timeoutMs: 30_000,
  });
  expect(failure).toEqual({
    reason: 'RbacDenied',
    message: expect.stringMatching(
      new RegExp(`"system:serviceaccount:${name}:limited" (create|patch) services in namespace "${name}"`),
    ) as string,
    remedy: expect.stringMatching(
      /apiGroups: \[""\], resources: \["services"\], verbs: \["(create|patch)"\]/,
    ) as string,
  });
});

test('what happens to a Workspace is told once, as Events of its own', async ({ namespace }) => {
  await using operator = await runOperator(namespace);
  await operator.create('ws', { image, running: false });
  const events = async (): Promise<string[]> => {
    const { items } = await namespace.core.listNamespacedEvent({
      namespace: namespace.name,
      fieldSelector: 'involvedObject.kind=Workspace,involvedObject.name=ws',
    });
    return items
      .map(({ type, reason, series }) => `${type ?? ''} ${reason ?? ''} ${String(series?.count ?? 1)}`)
      .toSorted();
  };
  const byHand = async (value: number): Promise<void> => {
    await namespace.apps.patchNamespacedDeployment({
      name: 'ws',
      namespace: namespace.name,
      body: [{ op: 'replace', path: '/spec/template/spec/securityContext/runAsUser', value }],
    });
  };
  const uid = async (): Promise<number | undefined> =>
    (await namespace.apps.readNamespacedDeployment({ name: 'ws', namespace: namespace.name })).spec?.template.spec
      ?.securityContext?.runAsUser;
  await waitUntil(() => operator.world.workspaces.get('ws')?.status?.phase === 'Stopped', {
    what: 'Stopped',
    timeoutMs: 20_000,
  });
  // Made as a stopped one: there is nothing to tell.
  expect(await events()).toEqual([]);
  for (const value of [0, 7]) {
    await byHand(value);
    await waitUntil(async () => (await uid()) === 1000, { what: 'the correction', timeoutMs: 10_000 });
  }
  await waitUntil(async () => (await events()).join() === 'Normal Corrected 2', {
    what: 'one Event for both corrections',
    timeoutMs: 10_000,
    explain: async () => (await events()).join(),
  });
});

test('a home without a storage class, in a cluster without a default one, is told as such', async ({ namespace }) => {
  // The control plane of these tests has no storage class at all.
  await using operator = await runOperator(namespace);
  await operator.create('ws', { image, home: { retain: '0s' } });
  const status = () => operator.world.workspaces.get('ws')?.status;
  await waitUntil(() => status()?.lastError?.reason === 'NoStorageClass', {
    what: 'the failure',
    timeoutMs: 30_000,
    explain: () => JSON.stringify(status()),
  });
  expect(status()?.lastError?.remedy).toContain('spec.home.storageClass');
  expect(status()?.conditions?.find(({ type }) => type === 'VolumeReady')).toMatchObject({
    status: 'False',
    reason: 'NoStorageClass',
  });
});

test('explains a quota that leaves no room for the pod', async ({ namespace }) => {
  await namespace.core.createNamespacedResourceQuota({
    namespace: namespace.name,
    body: { metadata: { name: 'none' }, spec: { hard: { pods: '0' } } },
  });
  await waitUntil(
    async () =>
      (await namespace.core.readNamespacedResourceQuota({ name: 'none', namespace: namespace.name })).status?.hard !==
      undefined,
    { what: 'the quota to be in force', timeoutMs: 20_000 },
  );
  await using operator = await runOperator(namespace);
  await operator.create('poor', { image });
  expect((await reached(operator, 'poor', 'Failed')).lastError).toMatchObject({ reason: 'QuotaExceeded' });
});

test('explains what the API server refuses of ours, and recovers when it is mended', async ({ namespace }) => {
  await using operator = await runOperator(namespace);
  // Valid to the CRD, not to Deployments: a label value with a space.
  await operator.create('odd', { image, nodeSelector: { disk: 'not a label value' } });
  expect((await reached(operator, 'odd', 'Failed')).lastError).toMatchObject({ reason: 'InvalidSpec' });
  await operator.kube.rest.json('PATCH', `/apis/guildnet.io/v1alpha1/namespaces/${namespace.name}/workspaces/odd`, {
    body: { spec: { nodeSelector: null } },
    contentType: 'application/merge-patch+json',
  });
  await waitUntil(() => operator.world.workspaces.get('odd')?.status?.lastError?.reason !== 'InvalidSpec', {
    what: 'the recovery',
    timeoutMs: 10_000,
  });
  await namespace.apps.readNamespacedDeployment({ name: 'odd', namespace: namespace.name });
});

test('a start that the cluster has given up is told as such when nothing says why', async ({ namespace }) => {
  // No node, and no scheduler that would say so.
  await using operator = await runOperator(namespace);
  await operator.create('ws', { image });
  await waitUntil(() => operator.world.pods.list().length === 1, { what: 'the pod', timeoutMs: 20_000 });
  // Kubernetes gives up after ten minutes by default; the additions of others are left alone.
  await namespace.apps.patchNamespacedDeployment({
    name: 'ws',
    namespace: namespace.name,
    body: [{ op: 'add', path: '/spec/progressDeadlineSeconds', value: 1 }],
  });
  const { lastError } = await reached(operator, 'ws', 'Failed');
  expect(lastError).toMatchObject({
    reason: 'NoProgress',
    remedy: expect.stringContaining('guildnet describe') as string,
  });
});

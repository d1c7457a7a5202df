import type { V1PersistentVolumeClaim } from '@kubernetes/client-node';
import { ApiException } from '@kubernetes/client-node';
import { beforeAll, describe, expect, inject } from 'vitest';
import { appLabels } from '#contract/app-labels.ts';
import { baseNameOfImage } from '#contract/names.ts';
import { homeFinalizer } from '#contract/annotations.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { collectorKnowsWorkspaces } from '#test/collector.ts';
import { namespaceTest as test } from '#test/namespace.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { runOperator } from '#test/operator/operator.ts';
import type { TestOperator } from '#test/operator/operator.ts';

const image = 'guildnet.local/shell:1';
const soon = { timeoutMs: 20_000 };
const until = 'guildnet.io/home-retain-until';
const user = 'guildnet.io/workspace-uid';

async function readClaim(namespace: TestNamespace, name: string): Promise<V1PersistentVolumeClaim | undefined> {
  try {
    return await namespace.core.readNamespacedPersistentVolumeClaim({
      name: `${name}-home`,
      namespace: namespace.name,
    });
  } catch (error) {
    if (error instanceof ApiException && error.code === 404) return undefined;
    throw error;
  }
}

/** The claim once it is as wanted; never again undefined in between. */
async function claimWhere(
  namespace: TestNamespace,
  name: string,
  wanted: (claim: V1PersistentVolumeClaim) => boolean,
): Promise<V1PersistentVolumeClaim> {
  let found: V1PersistentVolumeClaim | undefined;
  await waitUntil(
    async () => {
      found = await readClaim(namespace, name);
      return found !== undefined && wanted(found);
    },
    { what: `the home of ${name}`, ...soon },
  );
  if (found === undefined) throw new Error('unreachable');
  return found;
}

const stamped = (claim: V1PersistentVolumeClaim): boolean => claim.metadata?.annotations?.[until] !== undefined;
const usedBy = (uid: string) => (claim: V1PersistentVolumeClaim) =>
  claim.metadata?.annotations?.[user] === uid && !stamped(claim);

async function gone(operator: TestOperator, name: string): Promise<void> {
  await waitUntil(() => operator.world.workspaces.get(name) === undefined, { what: `${name} to be gone`, ...soon });
}

async function claimGone(namespace: TestNamespace, name: string): Promise<void> {
  await waitUntil(async () => (await readClaim(namespace, name)) === undefined, {
    what: `the home of ${name} to be gone`,
    timeoutMs: 40_000,
  });
}

/** A class that lets volumes grow, and a volume of it for the claim of this name: its provisioner's part is done by hand. */
async function growableVolume(
  namespace: TestNamespace,
  claim: string,
): Promise<AsyncDisposable & { className: string }> {
  const { objects, name } = namespace;
  const storageClass = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name },
    provisioner: 'tests.guildnet.io/by-hand',
    allowVolumeExpansion: true,
  };
  const volume = {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      storageClassName: name,
      capacity: { storage: '5Gi' },
      accessModes: ['ReadWriteOnce'],
      claimRef: { namespace: name, name: claim },
      hostPath: { path: '/nowhere' },
    },
  };
  await objects.create(storageClass);
  await objects.create(volume);
  return {
    className: name,
    async [Symbol.asyncDispose]() {
      await objects.delete(volume);
      await objects.delete(storageClass);
    },
  };
}

// A home goes when nothing uses it, and that its workspace's pod goes is Kubernetes' part.
beforeAll(() => collectorKnowsWorkspaces(inject('kubeconfigPath')));

describe.concurrent('a home', () => {
  test('grows where its storage class lets it, also when that is asked before it has a volume', async ({
    namespace,
  }) => {
    await using operator = await runOperator(namespace);
    await using volume = await growableVolume(namespace, 'ws-home');
    const home = { size: '1Gi', storageClass: volume.className };
    await operator.create('ws', { image, home });
    await operator.patch('ws', { home: { ...home, size: '2Gi' } });
    const grown = (size: string) => (claim: V1PersistentVolumeClaim) =>
      claim.status?.phase === 'Bound' && claim.spec?.resources?.requests?.['storage'] === size;
    await claimWhere(namespace, 'ws', grown('2Gi'));
    await operator.patch('ws', { home: { ...home, size: '3Gi' } });
    await claimWhere(namespace, 'ws', grown('3Gi'));
    expect(operator.world.workspaces.get('ws')?.status?.lastError).toBeUndefined();
  });

  test('is made before the pod, mounted, and belongs to nobody who could take it along', async ({ namespace }) => {
    await using operator = await runOperator(namespace);
    const uid = await operator.create('ws', { image, home: { size: '2Gi', mountPath: '/work' } });
    const claim = await claimWhere(namespace, 'ws', usedBy(uid));
    expect(claim.metadata?.ownerReferences).toBeUndefined();
    expect(claim.metadata?.labels).toEqual({
      ...appLabels('ws', baseNameOfImage(image), 'home'),
      'guildnet.io/managed': 'true',
      'guildnet.io/id': 'ws',
    });
    expect(claim.spec).toMatchObject({ accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Gi' } } });
    await waitUntil(() => operator.world.deployments.get('ws') !== undefined, { what: 'the Deployment', ...soon });
    const pod = operator.world.deployments.get('ws')?.spec?.template.spec;
    expect(pod?.volumes).toContainEqual({ name: 'home', persistentVolumeClaim: { claimName: 'ws-home' } });
    expect(pod?.containers[0]?.volumeMounts).toContainEqual({ name: 'home', mountPath: '/work' });
    expect(operator.world.workspaces.get('ws')?.metadata.finalizers).toContain(homeFinalizer);
    const order = operator.writes.filter((write) => /persistentvolumeclaims|deployments/.test(write));
    expect(order[0]).toMatch(/^POST .*persistentvolumeclaims$/);
  });

  test('stays when its workspace is deleted, and is taken over when one of that name comes back', async ({
    namespace,
  }) => {
    await using operator = await runOperator(namespace);
    const first = await operator.create('ws', { image, home: { retain: '48h' }, env: [{ name: 'A', value: '1' }] });
    const before = await claimWhere(namespace, 'ws', usedBy(first));
    const asked = Date.now();
    await operator.remove('ws');
    await gone(operator, 'ws');
    const kept = await claimWhere(namespace, 'ws', stamped);
    const time = Date.parse(kept.metadata?.annotations?.[until] ?? '');
    expect(time - 48 * 3_600_000).toBeGreaterThan(asked - 5_000);
    expect(time - 48 * 3_600_000).toBeLessThan(asked + 30_000);
    expect(JSON.parse(kept.metadata?.annotations?.['guildnet.io/home-workspace'] ?? '')).toMatchObject({
      spec: { image, env: [{ name: 'A', value: '1' }] },
    });
    const second = await operator.create('ws', { image, home: {} });
    const taken = await claimWhere(namespace, 'ws', usedBy(second));
    expect(taken.metadata?.uid).toBe(before.metadata?.uid);
    expect(taken.metadata?.deletionTimestamp).toBeUndefined();
  });

  test('goes when its time is over, and not before', async ({ namespace }) => {
    await using operator = await runOperator(namespace);
    await operator.create('ws', { image, home: { retain: '6s' } });
    await claimWhere(namespace, 'ws', () => true);
    await waitUntil(() => operator.world.workspaces.get('ws')?.metadata.finalizers !== undefined, {
      what: 'the guard',
      ...soon,
    });
    await operator.remove('ws');
    const kept = await claimWhere(namespace, 'ws', stamped);
    const time = Date.parse(kept.metadata?.annotations?.[until] ?? '');
    await claimGone(namespace, 'ws');
    expect(Date.now()).toBeGreaterThanOrEqual(time);
  });

  test('goes at once with "retain: 0s"', async ({ namespace }) => {
    await using operator = await runOperator(namespace);
    await operator.create('ws', { image, home: { retain: '0s' } });
    await claimWhere(namespace, 'ws', () => true);
    await operator.remove('ws');
    await claimGone(namespace, 'ws');
    expect(operator.world.workspaces.get('ws')).toBeUndefined();
  });

  test('is not deleted from under a pod, however long its time is over', async ({ namespace }) => {
    let looks = 0;
    await using operator = await runOperator(namespace, {
      meanwhile: async (method, path) => {
        if (method === 'GET' && path.endsWith('/pods')) looks += 1;
      },
    });
    await operator.create('ws', { image, home: { retain: '0s' }, running: false });
    await claimWhere(namespace, 'ws', () => true);
    await namespace.core.createNamespacedPod({
      namespace: namespace.name,
      body: {
        metadata: { name: 'rescue', labels: { 'guildnet.io/managed': 'true', 'guildnet.io/id': 'ws' } },
        spec: {
          nodeSelector: { no: 'node' },
          containers: [{ name: 'shell', image }],
          volumes: [{ name: 'home', persistentVolumeClaim: { claimName: 'ws-home' } }],
        },
      },
    });
    await waitUntil(() => operator.world.pods.get('rescue') !== undefined, { what: 'the pod', ...soon });
    looks = 0;
    await operator.remove('ws');
    await gone(operator, 'ws');
    // The last thing that is looked at before a home is deleted.
    await waitUntil(() => looks > 0 && operator.stats.depth === 0, { what: 'a look at the pods', ...soon });
    expect((await readClaim(namespace, 'ws'))?.metadata?.deletionTimestamp).toBeUndefined();
    await namespace.core.deleteNamespacedPod({ name: 'rescue', namespace: namespace.name, gracePeriodSeconds: 0 });
    await claimGone(namespace, 'ws');
  });

  test('whose Workspace nobody saw go is given its time, from then on', async ({ namespace }) => {
    {
      await using operator = await runOperator(namespace);
      const uid = await operator.create('ws', { image, home: { retain: '0s' } });
      await claimWhere(namespace, 'ws', usedBy(uid));
    }
    // No host is there; somebody in a hurry takes the finalizer off.
    const path = {
      group: 'guildnet.io',
      version: 'v1alpha1',
      plural: 'workspaces',
      name: 'ws',
      namespace: namespace.name,
    };
    await namespace.custom.patchNamespacedCustomObject({
      ...path,
      body: [{ op: 'replace', path: '/metadata/finalizers', value: [] }],
    });
    await namespace.custom.deleteNamespacedCustomObject(path);
    const asked = Date.now();
    await using operator = await runOperator(namespace);
    const kept = await claimWhere(namespace, 'ws', stamped);
    expect(Date.parse(kept.metadata?.annotations?.[until] ?? '')).toBeGreaterThan(asked + 3_500_000);
    expect(operator.world.workspaces.list()).toEqual([]);
  });

  test('of an earlier workspace that is being deleted is waited for, and a new one is made', async ({ namespace }) => {
    const { core, name } = namespace;
    const metadata = {
      name: 'ws-home',
      labels: { 'guildnet.io/managed': 'true', 'guildnet.io/id': 'ws' },
      annotations: { [user]: 'an-earlier-one' },
      // Whoever uses it still: a pod, or the storage system.
      finalizers: ['guildnet.test/in-use'],
    };
    const spec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
    const former = await core.createNamespacedPersistentVolumeClaim({ namespace: name, body: { metadata, spec } });
    await core.deleteNamespacedPersistentVolumeClaim({ namespace: name, name: 'ws-home' });
    await using operator = await runOperator(namespace);
    await operator.create('ws', { image, home: {} });
    const status = () => operator.world.workspaces.get('ws')?.status;
    await waitUntil(() => status()?.lastError?.reason === 'FormerHomeGoing', { what: 'the reason', ...soon });
    expect(status()?.phase).toBe('Pending');
    expect(operator.world.deployments.list()).toEqual([]);
    await core.patchNamespacedPersistentVolumeClaim({
      namespace: name,
      name: 'ws-home',
      body: [{ op: 'remove', path: '/metadata/finalizers' }],
    });
    const home = await claimWhere(namespace, 'ws', ({ metadata: its }) => its?.uid !== former.metadata?.uid);
    expect(home.metadata?.deletionTimestamp).toBeUndefined();
    await waitUntil(() => operator.world.deployments.get('ws'), { what: 'the Deployment', ...soon });
    await waitUntil(() => status()?.lastError?.reason !== 'FormerHomeGoing', {
      what: 'the end of the reason',
      ...soon,
    });
  });

  test("is not made where a stranger's claim has its name, and that one is left alone", async ({ namespace }) => {
    const stranger = await namespace.core.createNamespacedPersistentVolumeClaim({
      namespace: namespace.name,
      body: {
        metadata: { name: 'ws-home' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      },
    });
    await using operator = await runOperator(namespace);
    await operator.create('ws', { image, home: { retain: '0s' } });
    await waitUntil(() => operator.world.workspaces.get('ws')?.status?.lastError?.reason === 'NameTaken', {
      what: 'the refusal',
      ...soon,
    });
    expect(operator.world.deployments.get('ws')).toBeUndefined();
    await operator.remove('ws');
    await gone(operator, 'ws');
    expect((await readClaim(namespace, 'ws'))?.metadata?.annotations).toEqual(stranger.metadata?.annotations);
  });

  test('costs one write at launch beside the finalizer, and none afterwards', async ({ namespace }) => {
    await using operator = await runOperator(namespace);
    const uid = await operator.create('ws', { image, home: {} });
    await claimWhere(namespace, 'ws', usedBy(uid));
    await waitUntil(() => operator.world.workspaces.get('ws')?.status?.podName !== undefined, {
      what: 'the pod',
      ...soon,
    });
    await waitUntil(() => operator.stats.depth === 0, { what: 'the queue to be empty', ...soon });
    // Its status is not meant: that nobody makes the volume is told after a while.
    const ofHome = (): string[] =>
      operator.writes.filter((write) => /persistentvolumeclaims|workspaces\/ws$/.test(write));
    expect(ofHome()).toHaveLength(2);
    const looked = operator.stats.reconciled;
    await namespace.core.patchNamespacedPersistentVolumeClaim({
      name: 'ws-home',
      namespace: namespace.name,
      body: [{ op: 'add', path: '/metadata/annotations/someone', value: 'else' }],
    });
    await waitUntil(() => operator.stats.reconciled > looked && operator.stats.depth === 0, {
      what: 'a look',
      ...soon,
    });
    expect(ofHome()).toHaveLength(2);
  });
});

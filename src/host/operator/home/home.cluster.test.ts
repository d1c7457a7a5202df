import { ApiException } from '@kubernetes/client-node';
import { expect } from 'vitest';
import { localImages } from '#local-cluster/images.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { namespaceTest } from '#test/namespace.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { createLog } from '../../observability/log.ts';
import { createHomes } from '../../workspaces/homes.ts';
import { currentPod } from '../standing.ts';
import { runOperator } from '#test/operator/operator.ts';
import type { TestOperator } from '#test/operator/operator.ts';

const soon = { timeoutMs: 60_000 };

/** Says what it finds in its home, and leaves something there the first time. */
const command = [
  'sh',
  '-c',
  'trap "exit 0" TERM; if [ -e /work/marker ]; then echo found $(cat /work/marker); else echo fresh; echo precious > /work/marker; fi; while :; do sleep 1 & wait; done',
];

/** What the workspace's present pod said about its home. */
async function said(namespace: TestNamespace, operator: TestOperator, image: string): Promise<string> {
  let text = '';
  await waitUntil(
    async () => {
      const pod = currentPod(operator.world.pods.list());
      if (pod?.metadata?.name === undefined || pod.spec?.containers[0]?.image !== image) return false;
      if (pod.status?.containerStatuses?.[0]?.state?.running === undefined) return false;
      text = await namespace.core.readNamespacedPodLog({ name: pod.metadata.name, namespace: namespace.name });
      return text !== '';
    },
    { what: 'the workspace to speak', ...soon },
  );
  return text.trim();
}

async function stopped(operator: TestOperator): Promise<void> {
  await waitUntil(() => operator.world.pods.list().length === 0, { what: 'the pod to end', ...soon });
}

async function claimExists(namespace: TestNamespace): Promise<boolean> {
  try {
    await namespace.core.readNamespacedPersistentVolumeClaim({ name: 'ws-home', namespace: namespace.name });
    return true;
  } catch (error) {
    if (error instanceof ApiException && error.code === 404) return false;
    throw error;
  }
}

namespaceTest(
  'files in a home outlive stop, restart, a change of the image, deletion and restore, and then their time',
  async ({ namespace }) => {
    await using operator = await runOperator(namespace);
    const { kube, world } = operator;
    const homes = createHomes({ kube, world, log: createLog({ level: 'silent' }) });
    const home = { mountPath: '/work', size: '100Mi', retain: '1h' };
    await operator.create('ws', { image: localImages.shell, command, home, probes: 'none' });
    expect(await said(namespace, operator, localImages.shell)).toBe('fresh');
    const claim = await namespace.core.readNamespacedPersistentVolumeClaim({
      name: 'ws-home',
      namespace: namespace.name,
    });

    await operator.patch('ws', { running: false });
    await stopped(operator);
    await operator.patch('ws', { running: true });
    expect(await said(namespace, operator, localImages.shell)).toBe('found precious');

    await operator.patch('ws', { image: localImages.codeServer });
    expect(await said(namespace, operator, localImages.codeServer)).toBe('found precious');

    await operator.remove('ws');
    await waitUntil(() => world.workspaces.get('ws') === undefined, { what: 'the workspace to go', ...soon });
    await stopped(operator);
    expect(homes.list()).toMatchObject([{ id: 'ws', state: 'kept', image: localImages.codeServer }]);
    await homes.restore('ws');
    expect(await said(namespace, operator, localImages.codeServer)).toBe('found precious');
    const after = await namespace.core.readNamespacedPersistentVolumeClaim({
      name: 'ws-home',
      namespace: namespace.name,
    });
    expect(after.metadata?.uid).toBe(claim.metadata?.uid);

    await operator.patch('ws', { home: { retain: '15s' } });
    await operator.remove('ws');
    await waitUntil(() => world.workspaces.get('ws') === undefined, { what: 'the workspace to go', ...soon });
    await waitUntil(() => homes.list()[0]?.retained_until !== undefined, { what: 'its time to be known', ...soon });
    const until = Date.parse(homes.list()[0]?.retained_until ?? '');
    let gone = 0;
    await waitUntil(
      async () => {
        const there = await claimExists(namespace);
        if (!there) gone = Date.now();
        return !there;
      },
      { what: 'the home to go', ...soon },
    );
    expect(gone).toBeGreaterThanOrEqual(until);
    homes.stop();
  },
);

namespaceTest('a home whose claim is deleted by hand says so while it can still be saved', async ({ namespace }) => {
  await using operator = await runOperator(namespace);
  const home = { mountPath: '/work', size: '100Mi', retain: '0s' };
  await operator.create('ws', { image: localImages.shell, command, home, probes: 'none' });
  expect(await said(namespace, operator, localImages.shell)).toBe('fresh');
  await namespace.core.deleteNamespacedPersistentVolumeClaim({ name: 'ws-home', namespace: namespace.name });
  const status = () => operator.world.workspaces.get('ws')?.status;
  await waitUntil(() => status()?.lastError?.reason === 'HomeBeingDeleted', { what: 'the warning', ...soon });
  expect(status()?.phase).toBe('Running');
  expect(await claimExists(namespace)).toBe(true);

  // Stopped, it loses the home, as said; started, it has a new one, and nothing is wrong any more.
  await operator.patch('ws', { running: false });
  await stopped(operator);
  await operator.patch('ws', { running: true });
  expect(await said(namespace, operator, localImages.shell)).toBe('fresh');
  await waitUntil(() => status()?.phase === 'Running' && status()?.lastError === undefined, {
    what: 'the warning to go',
    ...soon,
  });
});

namespaceTest('a home that cannot grow says why, and is used as it is', async ({ namespace }) => {
  await using operator = await runOperator(namespace);
  const home = { mountPath: '/work', size: '100Mi' };
  await operator.create('ws', { image: localImages.shell, command, home, probes: 'none' });
  expect(await said(namespace, operator, localImages.shell)).toBe('fresh');
  await operator.patch('ws', { home: { ...home, size: '200Mi' } });
  const status = () => operator.world.workspaces.get('ws')?.status;
  await waitUntil(() => status()?.lastError?.reason === 'HomeCannotGrow', { what: 'the reason', ...soon });
  expect(status()?.phase).toBe('Running');
  expect(status()?.lastError?.message).toContain('"local-path" does not expand volumes');
  const writes = operator.writes.length;
  const looked = operator.stats.reconciled;
  await namespace.core.patchNamespacedPersistentVolumeClaim({
    name: 'ws-home',
    namespace: namespace.name,
    body: [{ op: 'add', path: '/metadata/annotations/someone', value: 'else' }],
  });
  await waitUntil(() => operator.stats.reconciled > looked && operator.stats.depth === 0, { what: 'a look', ...soon });
  expect(operator.writes.slice(writes)).toEqual([]);
});

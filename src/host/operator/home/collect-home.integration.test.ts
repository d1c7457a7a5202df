import type { V1PersistentVolumeClaim } from '@kubernetes/client-node';
import { describe, expect } from 'vitest';
import { createLog } from '../../observability/log.ts';
import type { OperatorKube } from '../../kube/clients.ts';
import { namespaceTest as test } from '#test/namespace.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { runOperator } from '#test/operator/operator.ts';
import type { TestOperator } from '#test/operator/operator.ts';
import { collectHome } from './collect-home.ts';
import { liveHome } from './live-home.ts';

const past = '2020-01-01T00:00:00Z';
const log = createLog({ level: 'silent' });

/** A home of `ws` whose time is long over, and an operator that only watches. */
async function overdue(namespace: TestNamespace): Promise<{ operator: TestOperator; claim: V1PersistentVolumeClaim }> {
  const operator = await runOperator(namespace, { operate: false });
  const claim = await namespace.core.createNamespacedPersistentVolumeClaim({
    namespace: namespace.name,
    body: {
      metadata: {
        name: 'ws-home',
        labels: { 'guildnet.io/managed': 'true', 'guildnet.io/id': 'ws' },
        annotations: { 'guildnet.io/home-retain-until': past },
      },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    },
  });
  return { operator, claim };
}

interface Change {
  /** Happens right before the deletion goes out. */
  beforeDelete?: () => Promise<void>;
  online?: () => boolean;
  /** The answers carry no `Date`. */
  timeless?: boolean;
}

async function collect(operator: TestOperator, claim: V1PersistentVolumeClaim, change: Change = {}): Promise<unknown> {
  const { rest, namespace } = operator.kube;
  const kube: OperatorKube = {
    namespace,
    rest: {
      stream: rest.stream,
      json: async (method, path, options = {}) => {
        if (method === 'DELETE') await change.beforeDelete?.();
        const { onDate: _onDate, ...timeless } = options;
        return rest.json(method, path, change.timeless === true ? timeless : options);
      },
    },
  };
  const context = { kube, log, now: () => new Date(), signal: AbortSignal.timeout(20_000) };
  return collectHome({ ...context, online: change.online ?? (() => true) }, 'ws', claim);
}

async function survives(namespace: TestNamespace): Promise<boolean> {
  const where = { name: 'ws-home', namespace: namespace.name };
  const found = await namespace.core.readNamespacedPersistentVolumeClaim(where).catch(() => undefined);
  return found !== undefined && found.metadata?.deletionTimestamp === undefined;
}

describe.concurrent('a home whose time is over', () => {
  test('goes when nothing speaks for it', async ({ namespace }) => {
    const { operator, claim } = await overdue(namespace);
    await using _ = operator;
    await collect(operator, claim);
    expect(await survives(namespace)).toBe(false);
  });

  test('stays while the live view is offline', async ({ namespace }) => {
    const { operator, claim } = await overdue(namespace);
    await using _ = operator;
    await collect(operator, claim, { online: () => false });
    expect(await survives(namespace)).toBe(true);
  });

  test('stays when the live view goes offline in between', async ({ namespace }) => {
    const { operator, claim } = await overdue(namespace);
    await using _ = operator;
    let asked = 0;
    await collect(operator, claim, { online: () => (asked += 1) === 1 });
    expect(await survives(namespace)).toBe(true);
  });

  test('stays when its workspace exists and only the copy does not know', async ({ namespace }) => {
    const { operator, claim } = await overdue(namespace);
    await using _ = operator;
    await operator.create('ws', { image: 'a', home: {} });
    await collect(operator, claim);
    expect(await survives(namespace)).toBe(true);
  });

  test('stays when the mark in the copy is an old one', async ({ namespace }) => {
    const { operator, claim } = await overdue(namespace);
    await using _ = operator;
    const live = liveHome(operator.kube, 'ws');
    await live.patchClaim(claim, { annotations: { 'guildnet.io/home-retain-until': '2999-01-01T00:00:00Z' } });
    await collect(operator, claim);
    expect(await survives(namespace)).toBe(true);
  });

  test('stays when it is taken into use between the last look and the deletion', async ({ namespace }) => {
    const { operator, claim } = await overdue(namespace);
    await using _ = operator;
    const restore = async (): Promise<void> => {
      const live = liveHome(operator.kube, 'ws');
      const now = await live.readClaim();
      if (now.claim === undefined) throw new Error('it is gone');
      await live.patchClaim(now.claim, { annotations: { 'guildnet.io/home-retain-until': null } });
    };
    await expect(collect(operator, claim, { beforeDelete: restore })).rejects.toMatchObject({ code: 'conflict' });
    expect(await survives(namespace)).toBe(true);
  });

  test('stays when nobody can say what time it is', async ({ namespace }) => {
    const { operator, claim } = await overdue(namespace);
    await using _ = operator;
    await collect(operator, claim, { timeless: true });
    expect(await survives(namespace)).toBe(true);
  });

  test('stays when the cluster no longer knows what a Workspace is', async ({ namespace }) => {
    const { operator, claim } = await overdue(namespace);
    await using _ = operator;
    const rest: OperatorKube['rest'] = {
      stream: operator.kube.rest.stream,
      // A real answer of a path that is not served: a 404 without a Status that names the object.
      json: (method, path, options) =>
        operator.kube.rest.json(method, path.replace('/guildnet.io/v1alpha1/', '/no-such-group.io/v1/'), options),
    };
    const context = { kube: { namespace: namespace.name, rest }, log, now: () => new Date(), online: () => true };
    await expect(collectHome({ ...context, signal: AbortSignal.timeout(20_000) }, 'ws', claim)).rejects.toBeDefined();
    expect(await survives(namespace)).toBe(true);
  });
});

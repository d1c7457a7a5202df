import type { V1Secret } from '@kubernetes/client-node';
import { RbacAuthorizationV1Api } from '@kubernetes/client-node';
import { describe, expect } from 'vitest';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { namespaceTest as test } from '#test/namespace.ts';
import { createLog } from '../observability/log.ts';
import { limitedKubeconfig } from '#test/limited-kubeconfig.ts';
import { createInformer } from './informer.ts';
import type { Informer } from './informer.ts';
import { connectKube } from './kube.ts';
import type { Kube } from './kube.ts';

const verbs = ['get', 'list', 'watch'];
const needed = [
  { apiGroups: ['guildnet.io', 'apps', ''], resources: ['workspaces', 'deployments', 'services', 'pods'], verbs },
];

function optionalInformer(kube: Kube, path: string, asked: () => void = () => undefined): Informer<V1Secret> {
  const json: Kube['rest']['json'] = (...request) => {
    asked();
    return kube.rest.json(...request);
  };
  return createInformer<V1Secret>({
    rest: { ...kube.rest, json },
    what: 'secrets',
    collection: { path },
    parse: (object) => ({ value: object as V1Secret }),
    log: createLog({ level: 'silent' }),
    optional: { retryMs: 100 },
  });
}

describe.concurrent('a collection that others do without', () => {
  test('is unavailable while it is refused, is told once, and comes when it is granted', async ({ namespace }) => {
    await using file = await limitedKubeconfig(namespace, needed);
    const kube = await connectKube({ kind: 'kubeconfig', path: file.path }, { namespace: namespace.name });
    let asked = 0;
    const secrets = optionalInformer(kube, `/api/v1/namespaces/${namespace.name}/secrets`, () => (asked += 1));
    const told: string[] = [];
    secrets.onState((state, error) => told.push(`${state} ${error?.code ?? ''}`.trim()));
    try {
      secrets.start();
      await secrets.synced();
      expect(secrets.state).toBe('unavailable');
      expect(secrets.problem?.message).toMatch(/does not let ".*" list secrets in namespace/);
      await waitUntil(() => asked > 3, { what: 'several tries', timeoutMs: 5_000 });
      expect(told).toEqual(['unavailable forbidden']);

      await namespace.core.createNamespacedSecret({ namespace: namespace.name, body: { metadata: { name: 's' } } });
      await namespace.kubeConfig.makeApiClient(RbacAuthorizationV1Api).replaceNamespacedRole({
        name: 'limited',
        namespace: namespace.name,
        body: {
          metadata: { name: 'limited' },
          rules: [...needed, { apiGroups: [''], resources: ['secrets'], verbs }],
        },
      });
      await waitUntil(() => secrets.get('s'), { what: 'the Secret', timeoutMs: 10_000 });
      expect(secrets.state).toBe('online');
      expect(secrets.problem).toBeUndefined();
    } finally {
      await secrets.stop();
      kube.close();
    }
  });

  test('is unavailable where the cluster does not have it', async ({ namespace }) => {
    const kube = await connectKube(
      { kind: 'kubeconfig', path: namespace.kubeconfigPath },
      { namespace: namespace.name },
    );
    const nothing = optionalInformer(kube, `/apis/no.such.group/v1/namespaces/${namespace.name}/things`);
    try {
      nothing.start();
      await nothing.synced();
      expect(nothing.state).toBe('unavailable');
      expect(nothing.list()).toEqual([]);
    } finally {
      await nothing.stop();
      kube.close();
    }
  });
});

import { describe, expect } from 'vitest';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { grantManifest } from '#test/grant-manifest.ts';
import { namespaceTest as test } from '#test/namespace.ts';
import { limitedKubeconfig } from '#test/limited-kubeconfig.ts';
import { operatorConfigFromEnv } from './config.ts';
import { namespaceRules } from './rbac-rules.ts';
import { runOperator } from '#test/operator/operator.ts';

const timeoutMs = 20_000;
const everything = operatorConfigFromEnv({ WORKSPACE_DOMAIN: 'dev.example', WORKSPACE_NETWORK_POLICY: '1' });

describe.concurrent('the RBAC manifest', () => {
  test('grants all that an operator ever asks for', async ({ namespace }) => {
    await using file = await grantManifest(namespace);
    const refused: string[] = [];
    await using operator = await runOperator(
      { kubeconfigPath: file.path, name: namespace.name },
      { config: everything, refused },
    );
    const { world } = operator;
    // Without a tag, for which the nodes are looked at.
    await operator.create('all', { image: 'codercom/code-server', home: { size: '1Gi', retain: '0s' } });
    await waitUntil(() => world.pods.list().length === 1, { what: 'the pod', timeoutMs });
    await waitUntil(() => world.ingresses.get('all') && world.policies.get('all'), { what: 'the rest', timeoutMs });
    await operator.patch('all', { running: false, home: { size: '2Gi' }, exposure: { type: 'LoadBalancer' } });
    await waitUntil(() => world.ingresses.get('all') === undefined, { what: 'the Ingress to go', timeoutMs });
    await waitUntil(() => world.workspaces.get('all')?.status?.phase === 'Stopped', { what: 'the stop', timeoutMs });
    await operator.remove('all');
    await waitUntil(() => world.workspaces.list().length + world.claims.list().length === 0, {
      what: 'the workspace and its home to go',
      timeoutMs: 60_000,
    });
    for (const informer of [world.claims, world.secrets, world.ingresses, world.policies, world.events])
      expect(informer.state).toBe('online');
    expect(refused).toEqual([]);
  });

  test('what is left out of it is named, and nothing else suffers', async ({ namespace }) => {
    const rules = namespaceRules.filter(
      ({ resources }) => !resources.includes('secrets') && !resources.includes('ingresses'),
    );
    await using file = await limitedKubeconfig(namespace, rules);
    await using operator = await runOperator({ kubeconfigPath: file.path, name: namespace.name });
    const { world } = operator;
    expect(world.state).toBe('online');
    expect(world.secrets.state).toBe('unavailable');
    expect(world.secrets.problem?.message).toMatch(/does not let ".*" list secrets in namespace/);
    await operator.create('plain', { image: 'guildnet.local/echo:1' });
    await waitUntil(() => world.pods.list().length === 1, { what: 'a pod that needs no Secret', timeoutMs });
    await operator.create('cs', { image: 'codercom/code-server:4' });
    const error = await waitUntil(() => world.workspaces.get('cs')?.status?.lastError, {
      what: 'the reason',
      timeoutMs,
    });
    expect(error.message).toMatch(/does not let ".*" get secrets in namespace/);
    expect(error.remedy).toContain('{apiGroups: [""], resources: ["secrets"], verbs: ["get"]}');
    expect(error.remedy).toContain('guildnet rbac');
  });
});

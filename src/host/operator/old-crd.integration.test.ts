import { expect, test } from 'vitest';
import { crdRevision, crdRevisionAnnotation, workspaceCrd, workspaceCrdName } from '#contract/crd.ts';
import type { WorkspaceSpec } from '#contract/workspace.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { ownControlPlane } from '#test/own-control-plane.ts';
import { apply } from '../kube/apply.ts';
import { connectKube } from '../kube/kube.ts';
import { runOperator } from '#test/operator/operator.ts';
import type { TestOperator } from '#test/operator/operator.ts';

const image = 'guildnet.local/echo:1';
const timeoutMs = 20_000;

/** What only a CRD without a schema lets pass. */
const malformed: Record<string, unknown> = {
  'no-image': {},
  'port-zero': { image, ports: [{ containerPort: 0 }] },
  'same-ports': { image, ports: [{ containerPort: 80 }, { containerPort: 80 }] },
  'same-names': { image, env: [{ name: 'A' }, { name: 'A' }] },
  'env-is-text': { image, env: 'A=1' },
  'no-such-size': { image, home: { size: 'big' } },
};

/** The CRD without any schema, as a host of this revision would have installed it. */
async function installLooseCrd({ kubeconfigPath, name }: TestNamespace, revision: number): Promise<void> {
  const { spec, ...crd } = workspaceCrd() as { spec: { versions: readonly object[] } };
  const loose = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  const schema = { openAPIV3Schema: { type: 'object', properties: { spec: loose, status: loose } } };
  const object = {
    ...crd,
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: workspaceCrdName, annotations: { [crdRevisionAnnotation]: String(revision) } },
    spec: { ...spec, versions: spec.versions.map((version) => ({ ...version, schema })) },
  };
  // client-node's typed calls would leave out x-kubernetes-preserve-unknown-fields.
  const kube = await connectKube({ kind: 'kubeconfig', path: kubeconfigPath }, { namespace: name });
  await apply(kube, object, { force: true });
  kube.close();
}

async function allFailed({ world }: TestOperator): Promise<void> {
  for (const name of Object.keys(malformed)) {
    await waitUntil(() => world.workspaces.get(name)?.status?.phase === 'Failed', {
      what: `${name} to fail`,
      timeoutMs,
    });
    expect(world.workspaces.get(name)?.status?.lastError).toMatchObject({
      reason: expect.stringMatching(/^Invalid/) as string,
      remedy: expect.any(String) as string,
    });
  }
}

test('what slips past a CRD without a schema fails by itself with a reason, also after an upgrade, and disturbs no other', async () => {
  // The CRD of the other tests is the real one.
  await using own = await ownControlPlane('old-crd');
  const { namespace } = own;
  await installLooseCrd(namespace, crdRevision + 1);
  {
    await using operator = await runOperator(namespace);
    for (const [name, spec] of Object.entries(malformed)) await operator.create(name, spec as WorkspaceSpec);
    // Env entries that were pruned to nothing are left out, and the rest runs.
    await operator.create('pruned', { image, env: [{}, { name: 'A', value: '1' }] } as WorkspaceSpec);
    await allFailed(operator);
    await waitUntil(() => operator.world.pods.list().length === 1, { what: 'the one pod', timeoutMs });
    expect(operator.world.deployments.get('pruned')?.spec?.template.spec?.containers[0]?.env).toEqual([
      { name: 'A', value: '1' },
      { name: 'PORT', value: '8080' },
      { name: 'HOME', value: '/home/workspace' },
    ]);
    // One that cannot be understood is looked at when it changes, and not over and over.
    // A newer CRD lets pass what this version does not know: it neither starts nor stops for that.
    await operator.patch('pruned', { mode: 'Hibernated' });
    await waitUntil(() => operator.world.workspaces.get('pruned')?.status?.lastError?.reason === 'UnknownMode', {
      what: 'the unknown mode to be told',
      timeoutMs,
    });
    expect(operator.world.workspaces.get('pruned')?.status?.phase).not.toBe('Failed');
    expect(operator.world.deployments.get('pruned')?.spec?.replicas).toBe(1);
    await waitUntil(() => operator.stats.depth === 0, { what: 'the queue to be empty', timeoutMs });
    const ofPortZero = operator.writes.filter((write) => write.includes('/port-zero'));
    expect(ofPortZero.length).toBeLessThanOrEqual(2);
  }
  await installLooseCrd(namespace, 0);
  await using upgraded = await runOperator(namespace);
  await allFailed(upgraded);
  await upgraded.create('fine', { image });
  await waitUntil(() => upgraded.world.pods.list().length === 2, { what: 'the pod of a new one', timeoutMs });
  await upgraded.patch('port-zero', { ports: [{ containerPort: 8080 }] });
  await waitUntil(() => upgraded.world.pods.list().length === 3, { what: 'the mended one to run', timeoutMs });
});

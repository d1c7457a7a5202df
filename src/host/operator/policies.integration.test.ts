import { describe, expect } from 'vitest';
import type { V1Deployment } from '@kubernetes/client-node';
import { annotations } from '#contract/annotations.ts';
import type { Condition } from '#contract/workspace.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { mutateObjects } from '#test/mutate-objects.ts';
import { namespaceTest as test } from '#test/namespace.ts';
import { runOperator } from '#test/operator/operator.ts';
import type { TestOperator } from '#test/operator/operator.ts';

const image = 'guildnet.local/echo:1';
const timeoutMs = 60_000;
const containers = '/spec/template/spec/containers/0';

function conditionOf({ world }: TestOperator, name: string, type: string): Condition | undefined {
  return world.workspaces.get(name)?.status?.conditions?.find((one) => one.type === type);
}

async function told(operator: TestOperator, name: string, type: string): Promise<Condition> {
  return waitUntil(() => conditionOf(operator, name, type), {
    what: `${type} of ${name}`,
    timeoutMs,
    explain: () => JSON.stringify(operator.world.workspaces.get(name)?.status),
  });
}

/** Until it has looked at everything and nothing is left to do. */
async function idle({ stats }: { stats: TestOperator['stats'] }, operator: TestOperator): Promise<void> {
  await waitUntil(() => operator.stats.reconciled > stats.reconciled && operator.stats.depth === 0, {
    what: 'the operator to have looked',
    timeoutMs,
  });
}

/** Makes the operator look again, without changing what anybody wants. */
async function lookAgain(operator: TestOperator, namespace: TestNamespace, name: string): Promise<void> {
  const before = { stats: { ...operator.stats } };
  const path = `/apis/guildnet.io/v1alpha1/namespaces/${namespace.name}/workspaces/${name}`;
  const body = { metadata: { annotations: { look: String(operator.stats.reconciled) } } };
  await operator.kube.rest.json('PATCH', path, { body, contentType: 'application/merge-patch+json' });
  await idle(before, operator);
}

const deployment = ({ apps, name: namespace }: TestNamespace, name: string): Promise<V1Deployment> =>
  apps.readNamespacedDeployment({ name, namespace });
const toDeployments = ({ writes }: TestOperator): readonly string[] =>
  writes.filter((write) => write.includes('/deployments/'));

describe.concurrent('the policies of others', () => {
  test('admission that makes images, tolerations and limits another is let be at once, and said', async ({
    namespace,
  }) => {
    await using _policy = await mutateObjects(
      namespace,
      'deployments',
      `[JSONPatch{op: "replace", path: "${containers}/image", value: "mirror.example/echo:1"},
        JSONPatch{op: "add", path: "/spec/template/spec/tolerations", value: [{"key": "house", "operator": "Exists"}]},
        JSONPatch{op: "replace", path: "/spec/revisionHistoryLimit", value: 9}]`,
    );
    await using first = await runOperator(namespace);
    await first.create('mirrored', { image, tolerations: [{ key: 'mine', operator: 'Exists' }] });
    const condition = await told(first, 'mirrored', 'AsSpecified');
    expect(condition).toMatchObject({ status: 'False', reason: 'ChangedByAdmission' });
    expect(condition.message).toContain('containers[workspace].image');
    expect(condition.message).toContain('spec.template.spec.tolerations');
    expect(condition.message).toContain('spec.revisionHistoryLimit');
    expect(condition.message).not.toContain('mirror.example');
    for (let round = 0; round < 3; round += 1) await lookAgain(first, namespace, 'mirrored');
    expect(toDeployments(first)).toHaveLength(1);
    // Of the spec alone: the Deployment controller of the cluster writes its status whenever it likes.
    const { generation: made } = (await deployment(namespace, 'mirrored')).metadata ?? {};
    await first[Symbol.asyncDispose]();

    // Another leader remembers nothing of it, and sees in the object itself whose doing it is.
    await using second = await runOperator(namespace);
    await waitUntil(() => second.stats.reconciled > 0 && second.stats.depth === 0, { what: 'a look', timeoutMs });
    expect(second.writes).toEqual([]);
    expect((await deployment(namespace, 'mirrored')).metadata?.generation).toBe(made);

    // What a person changes beside it is put right as before.
    await namespace.apps.patchNamespacedDeployment({
      name: 'mirrored',
      namespace: namespace.name,
      body: [{ op: 'replace', path: '/spec/template/spec/securityContext/runAsUser', value: 0 }],
    });
    await waitUntil(
      async () => (await deployment(namespace, 'mirrored')).spec?.template.spec?.securityContext?.runAsUser === 1000,
      { what: 'the correction', timeoutMs },
    );
    const { generation } = (await deployment(namespace, 'mirrored')).metadata ?? {};
    for (let round = 0; round < 3; round += 1) await lookAgain(second, namespace, 'mirrored');
    expect((await deployment(namespace, 'mirrored')).metadata?.generation).toBe(generation);
    expect(conditionOf(second, 'mirrored', 'AsSpecified')?.reason).toBe('ChangedByAdmission');
  });

  test('admission that takes our own marks away costs one write for each leader', async ({ namespace }) => {
    await using _policy = await mutateObjects(
      namespace,
      'deployments',
      '[JSONPatch{op: "remove", path: "/metadata/annotations"}]',
    );
    await using operator = await runOperator(namespace);
    await operator.create('bare', { image });
    await told(operator, 'bare', 'AsSpecified');
    for (let round = 0; round < 3; round += 1) await lookAgain(operator, namespace, 'bare');
    expect(toDeployments(operator)).toHaveLength(1);
  });

  test('admission that takes the marks off a home is told of, and asked again in an hour only', async ({
    namespace,
  }) => {
    await using _policy = await mutateObjects(
      namespace,
      'persistentvolumeclaims',
      `"guildnet.io/workspace-uid" in object.metadata.?annotations.orValue({})
        ? [JSONPatch{op: "remove", path: "/metadata/annotations"}] : []`,
    );
    await using operator = await runOperator(namespace);
    await operator.create('unmarked', { image, home: { size: '1Gi' } });
    const condition = await told(operator, 'unmarked', 'AsSpecified');
    expect(condition.message).toContain('PersistentVolumeClaim metadata.annotations');
    for (let round = 0; round < 3; round += 1) await lookAgain(operator, namespace, 'unmarked');
    // Made, and marked once.
    expect(operator.writes.filter((write) => write.includes('persistentvolumeclaims'))).toHaveLength(2);
  });

  test('another controller that will have a field its own way is put right once, and named', async ({ namespace }) => {
    const path = `/apis/apps/v1/namespaces/${namespace.name}/deployments/fought`;
    let fights = 0;
    const insist = async (operator: TestOperator): Promise<void> => {
      fights += 1;
      await operator.kube.rest.json('PATCH', path, {
        query: { fieldManager: 'argocd-controller', force: true },
        contentType: 'application/apply-patch+yaml',
        body: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'fought' }, spec: { replicas: 3 } },
      });
    };
    const others: TestOperator[] = [];
    await using operator = await runOperator(namespace, {
      meanwhile: async (method, written) => {
        if (method === 'PATCH' && written === path && others[0] !== undefined && fights < 20) await insist(others[0]);
      },
    });
    others.push(operator);
    await operator.create('fought', { image });
    const condition = await told(operator, 'fought', 'AsSpecified');
    expect(condition).toMatchObject({ status: 'False', reason: 'ChangedByOthers' });
    expect(condition.message).toMatch(/"argocd-controller" .* Deployment spec\.replicas/);
    for (let round = 0; round < 3; round += 1) await lookAgain(operator, namespace, 'fought');
    // Made, changed, put right, and changed again.
    expect((await deployment(namespace, 'fought')).metadata?.generation).toBe(4);
  });
});

describe.concurrent('a leader with other settings', () => {
  const pullSecrets = async (namespace: TestNamespace): Promise<number> =>
    (await deployment(namespace, 'kept')).spec?.template.spec?.imagePullSecrets?.length ?? 0;

  test('leaves pods as they are, says what would be another, and has its way from the next start', async ({
    namespace,
  }) => {
    await using first = await runOperator(namespace);
    await first.create('kept', { image });
    await waitUntil(() => first.world.workspaces.get('kept')?.status?.phase, { what: 'a status', timeoutMs });
    await waitUntil(() => first.stats.depth === 0, { what: 'rest', timeoutMs });
    const { generation } = (await deployment(namespace, 'kept')).metadata ?? {};
    await first[Symbol.asyncDispose]();

    await using second = await runOperator(namespace, { config: { imagePullSecret: 'registry' } });
    const condition = await told(second, 'kept', 'UpToDate');
    expect(condition).toMatchObject({ status: 'False', reason: 'FromNextStart' });
    expect(condition.message).toContain('spec.template.spec.imagePullSecrets');
    for (let round = 0; round < 3; round += 1) await lookAgain(second, namespace, 'kept');
    expect(toDeployments(second)).toEqual([]);
    // What is no matter of the pod is done at once, and is no reason to make it another.
    await second.patch('kept', { idle: { stopAfter: '8h' }, exposure: { type: 'LoadBalancer' } });
    await waitUntil(() => second.world.services.get('kept')?.spec?.type === 'LoadBalancer', {
      what: 'the Service',
      timeoutMs,
    });
    expect((await deployment(namespace, 'kept')).metadata?.generation).toBe(generation);

    const path = `/apis/guildnet.io/v1alpha1/namespaces/${namespace.name}/workspaces/kept`;
    await second.kube.rest.json('PATCH', path, {
      body: { metadata: { annotations: { [annotations.restartedAt]: '2026-01-01T00:00:00Z' } } },
      contentType: 'application/merge-patch+json',
    });
    await waitUntil(async () => (await pullSecrets(namespace)) === 1, { what: 'the restart', timeoutMs });
    await waitUntil(() => conditionOf(second, 'kept', 'UpToDate') === undefined, { what: 'the word to go', timeoutMs });
  });

  test('puts a pod right that others have changed, and is then rid of the old one', async ({ namespace }) => {
    await using first = await runOperator(namespace);
    await first.create('kept', { image });
    await waitUntil(() => first.world.workspaces.get('kept')?.status?.phase, { what: 'a status', timeoutMs });
    await first[Symbol.asyncDispose]();
    await namespace.apps.patchNamespacedDeployment({
      name: 'kept',
      namespace: namespace.name,
      body: [{ op: 'replace', path: `${containers}/image`, value: 'evil:1' }],
    });
    await using _second = await runOperator(namespace, { config: { imagePullSecret: 'registry' } });
    await waitUntil(async () => (await pullSecrets(namespace)) === 1, { what: 'the correction', timeoutMs });
    expect((await deployment(namespace, 'kept')).spec?.template.spec?.containers[0]?.image).toBe(image);
  });
});

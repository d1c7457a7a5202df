import { ApiException } from '@kubernetes/client-node';
import { describe, expect } from 'vitest';
import { appLabels } from '#contract/app-labels.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { namespaceTest as test } from '#test/namespace.ts';
import { reached } from '#test/reached.ts';
import { statusOf } from '../kube/errors.ts';
import { runOperator } from '#test/operator/operator.ts';
import type { TestOperator } from '#test/operator/operator.ts';

const image = 'guildnet.local/echo:1';
const shell = 'guildnet.local/shell:1';

/** Until the operator has looked at the spec as it is now. */
async function reported(operator: TestOperator, name: string): Promise<void> {
  const upToDate = (): boolean => {
    const workspace = operator.world.workspaces.get(name);
    return workspace?.status !== undefined && workspace.status.observedGeneration === workspace.metadata.generation;
  };
  await waitUntil(upToDate, { what: `the status of ${name}`, timeoutMs: 20_000 });
}

const gone = (read: () => Promise<unknown>) => async (): Promise<boolean> =>
  read().then(
    () => false,
    (error: unknown) => error instanceof ApiException && error.code === 404,
  );

describe.concurrent('the operator', () => {
  test('makes a Deployment and a Service as specified', async ({ namespace }) => {
    await using operator = await runOperator(namespace);
    const uid = await operator.create('plain', {
      image,
      env: [{ name: 'A', value: '1' }],
      resources: { limits: { cpu: '1000m', memory: '1024Mi' } },
    });
    await reported(operator, 'plain');
    const deployment = await namespace.apps.readNamespacedDeployment({ name: 'plain', namespace: namespace.name });
    const service = await namespace.core.readNamespacedService({ name: 'plain', namespace: namespace.name });
    const owner = {
      apiVersion: 'guildnet.io/v1alpha1',
      kind: 'Workspace',
      name: 'plain',
      uid,
      controller: true,
      blockOwnerDeletion: true,
    };
    expect(deployment.metadata?.ownerReferences).toEqual([owner]);
    expect(service.metadata?.ownerReferences).toEqual([owner]);
    const own = { 'guildnet.io/managed': 'true', 'guildnet.io/id': 'plain' };
    expect(deployment.metadata?.labels).toEqual({ ...appLabels('plain', image, 'workspace'), ...own });
    // A label more in the template would restart every pod there is.
    expect(deployment.spec?.template.metadata?.labels).toEqual(own);
    const pod = deployment.spec?.template.spec;
    expect(pod?.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 1000,
      fsGroup: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(pod?.containers[0]?.env).toEqual([
      { name: 'A', value: '1' },
      { name: 'PORT', value: '8080' },
      { name: 'HOME', value: '/home/workspace' },
    ]);
    expect(service.spec?.ports?.map(({ name, port, targetPort }) => ({ name, port, targetPort }))).toEqual([
      { name: 'http', port: 8080, targetPort: 8080 },
      { name: 'https', port: 8443, targetPort: 8443 },
    ]);
    const status = operator.world.workspaces.get('plain')?.status;
    expect(status).toMatchObject({
      serviceDNS: `plain.${namespace.name}.svc.cluster.local`,
      proxyTarget: `http://plain.${namespace.name}.svc.cluster.local:8080`,
      serviceIP: service.spec?.clusterIP,
      observedGeneration: 1,
      readyReplicas: 0,
    });
    expect(status?.conditions?.find((one) => one.type === 'Ready')).toMatchObject({
      status: 'False',
      observedGeneration: 1,
    });
  });

  test('writes nothing in a steady state, however often it looks', async ({ namespace }) => {
    const spec = {
      image,
      resources: { requests: { cpu: '0.5' }, limits: { cpu: '1500m', memory: '2048Mi' } },
      args: ['serve'],
      env: [{ name: 'EMPTY', value: '' }],
    };
    const path = `/apis/guildnet.io/v1alpha1/namespaces/${namespace.name}/workspaces/quiet`;
    await using first = await runOperator(namespace);
    await first.create('quiet', spec);
    await waitUntil(() => first.world.workspaces.get('quiet')?.status?.podName !== undefined, {
      what: 'the status',
      timeoutMs: 20_000,
    });
    await waitUntil(() => first.stats.depth === 0, { what: 'the queue to be empty', timeoutMs: 10_000 });
    const before = first.writes.length;
    // Touching the Workspace makes the operator look again; one that takes over looks at everything.
    for (const round of [1, 2, 3]) {
      const looked = first.stats.reconciled;
      await first.kube.rest.json('PATCH', path, {
        body: { metadata: { annotations: { round: String(round) } } },
        contentType: 'application/merge-patch+json',
      });
      await waitUntil(() => first.stats.reconciled > looked && first.stats.depth === 0, {
        what: 'another look',
        timeoutMs: 10_000,
      });
    }
    await first[Symbol.asyncDispose]();
    await using second = await runOperator(namespace);
    await waitUntil(() => second.stats.reconciled > 0 && second.stats.depth === 0, {
      what: 'the second operator to look',
      timeoutMs: 10_000,
    });
    expect(first.writes.slice(before)).toEqual([]);
    expect(second.writes).toEqual([]);
    // Launch: Deployment, Service, and the status as often as it changed.
    expect(before).toBeLessThanOrEqual(6);
  });

  test('puts right what was changed by hand, and leaves the additions of others', async ({ namespace }) => {
    await using operator = await runOperator(namespace);
    await operator.create('drift', { image });
    await reported(operator, 'drift');
    await namespace.apps.patchNamespacedDeployment({
      name: 'drift',
      namespace: namespace.name,
      body: [
        { op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'evil:1' },
        { op: 'replace', path: '/spec/template/spec/securityContext/runAsUser', value: 0 },
        { op: 'add', path: '/spec/template/spec/tolerations/-', value: { operator: 'Exists' } },
        { op: 'add', path: '/metadata/annotations/someone', value: 'else' },
      ],
    });
    await waitUntil(
      async () => {
        const { spec, metadata } = await namespace.apps.readNamespacedDeployment({
          name: 'drift',
          namespace: namespace.name,
        });
        const pod = spec?.template.spec;
        return (
          pod?.containers[0]?.image === image &&
          pod.securityContext?.runAsUser === 1000 &&
          pod.tolerations?.length === 1 &&
          metadata?.annotations?.['someone'] === 'else'
        );
      },
      { what: 'the drift to be reverted', timeoutMs: 10_000 },
    );
    await namespace.core.deleteNamespacedService({ name: 'drift', namespace: namespace.name });
    await waitUntil(
      () =>
        namespace.core.readNamespacedService({ name: 'drift', namespace: namespace.name }).then(
          () => true,
          () => false,
        ),
      { what: 'the Service to be back', timeoutMs: 10_000 },
    );
  });

  test('follows the spec, also where a field is given up', async ({ namespace }) => {
    await using operator = await runOperator(namespace);
    await operator.create('edit', { image, args: ['--one'], env: [{ name: 'GONE', value: 'soon' }] });
    await reported(operator, 'edit');
    const path = `/apis/guildnet.io/v1alpha1/namespaces/${namespace.name}/workspaces/edit`;
    await operator.kube.rest.json('PATCH', path, {
      body: { spec: { args: null, env: null, image: shell } },
      contentType: 'application/merge-patch+json',
    });
    await waitUntil(
      async () => {
        const { spec } = await namespace.apps.readNamespacedDeployment({ name: 'edit', namespace: namespace.name });
        const container = spec?.template.spec?.containers[0];
        return container?.image === shell && container.args === undefined && container.env?.length === 2;
      },
      { what: 'the Deployment to follow', timeoutMs: 10_000 },
    );
  });

  test('stops and starts by scaling', async ({ namespace }) => {
    await using operator = await runOperator(namespace);
    const replicas = async (): Promise<number | undefined> =>
      (await namespace.apps.readNamespacedDeployment({ name: 'nap', namespace: namespace.name })).spec?.replicas;
    await operator.create('nap', { image, running: false });
    await reached(operator, 'nap', 'Stopped');
    expect(await replicas()).toBe(0);
    await operator.patch('nap', { running: true });
    await waitUntil(async () => (await replicas()) === 1, { what: 'the start', timeoutMs: 10_000 });
    await waitUntil(() => operator.world.workspaces.get('nap')?.status?.phase !== 'Stopped', {
      what: 'the phase',
      timeoutMs: 10_000,
    });
    await operator.patch('nap', { running: false });
    await reached(operator, 'nap', 'Stopped');
    expect(await replicas()).toBe(0);
  });

  test('stops and starts by mode, which wins over the boolean of hosts from before it', async ({ namespace }) => {
    await using operator = await runOperator(namespace);
    // The boolean is what the API server filled in before there was a mode.
    await operator.create('nap', { image, mode: 'Stopped', running: true });
    await reached(operator, 'nap', 'Stopped');
    await expect(operator.patch('nap', { running: false })).resolves.toBeUndefined();
    // It would be without effect, and whoever wrote it is told.
    await expect(operator.patch('nap', { running: true })).rejects.toSatisfy((error) =>
      /spec\.mode decides where it is given/.test(statusOf(error)?.message ?? ''),
    );
    await operator.patch('nap', { mode: 'Running' });
    const where = { name: 'nap', namespace: namespace.name };
    await waitUntil(async () => (await namespace.apps.readNamespacedDeployment(where)).spec?.replicas === 1, {
      what: 'the start',
      timeoutMs: 20_000,
    });
  });

  test('lets everything go with its Workspace', async ({ namespace }) => {
    await using operator = await runOperator(namespace);
    await operator.create('brief', { image });
    await reported(operator, 'brief');
    await operator.remove('brief');
    const where = { name: 'brief', namespace: namespace.name };
    await waitUntil(
      gone(() => namespace.apps.readNamespacedDeployment(where)),
      { what: 'the Deployment to go', timeoutMs: 60_000 },
    );
    await waitUntil(
      gone(() => namespace.core.readNamespacedService(where)),
      { what: 'the Service to go', timeoutMs: 60_000 },
    );
    expect(operator.world.workspaces.list()).toEqual([]);
  });

  test('is accepted where Pod Security is restricted', async ({ namespace }) => {
    await namespace.core.patchNamespace({
      name: namespace.name,
      body: [{ op: 'add', path: '/metadata/labels/pod-security.kubernetes.io~1enforce', value: 'restricted' }],
    });
    await using operator = await runOperator(namespace);
    await operator.create('strict', { image });
    await waitUntil(() => operator.world.pods.list().length === 1, {
      what: 'the pod to be admitted',
      timeoutMs: 20_000,
    });
  });
});

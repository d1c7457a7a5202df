import { ApiException, RbacAuthorizationV1Api } from '@kubernetes/client-node';
import { describe, expect, inject, test } from 'vitest';
import { homeFinalizer, rightsFinalizer } from '#contract/annotations.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { createNamespace } from '#test/create-namespace.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { grantManifest } from '#test/grant-manifest.ts';
import { brokenLine } from '#test/host/broken-line.ts';
import { startHost } from '#test/host/started-host.ts';
import type { StartedHost } from '#test/host/started-host.ts';
import { temporaryKubeconfig } from '#test/kube/kubeconfig.ts';
import type { RbacObject } from '../rbac.ts';
import { endBindingName } from './live-end.ts';

/** Kubernetes looks at a namespace with finalizers in it again after 8 s and more. */
const soon = { timeoutMs: 120_000 };
const person = 'jane@example.org';

async function finalizersOf(namespace: TestNamespace): Promise<readonly string[] | undefined> {
  const rbac = namespace.kubeConfig.makeApiClient(RbacAuthorizationV1Api);
  try {
    const { metadata } = await rbac.readNamespacedRoleBinding({ namespace: namespace.name, name: endBindingName });
    return metadata?.finalizers ?? [];
  } catch (error) {
    if (error instanceof ApiException && error.code === 404) return undefined;
    throw error;
  }
}

async function noted(host: StartedHost): Promise<string[]> {
  const { notes = [] } = await host.host.client.cluster.get();
  return notes.map(({ code }) => code);
}

/** Launches workspaces with homes, and waits until they are guarded and the rights of the host are kept. */
async function launch(host: StartedHost, namespace: TestNamespace, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let made = 0; made < count; made += 1) {
    const answer = await host.ask('/api/jobs', { method: 'POST', body: { image: 'alpine:3', home: {} } });
    expect(answer.status).toBe(202);
    ids.push((answer.json() as { id: string }).id);
  }
  const where = { group: 'guildnet.io', version: 'v1alpha1', namespace: namespace.name, plural: 'workspaces' };
  const isGuarded = async (): Promise<boolean> => {
    const { items } = (await namespace.custom.listNamespacedCustomObject(where)) as {
      items: { metadata: { finalizers?: string[] } }[];
    };
    return items.filter(({ metadata }) => metadata.finalizers?.includes(homeFinalizer)).length === count;
  };
  await waitUntil(isGuarded, { what: 'the workspaces to be guarded', ...soon });
  await waitUntil(async () => (await finalizersOf(namespace))?.includes(rightsFinalizer), {
    what: 'the rights to be kept',
    ...soon,
  });
  return ids;
}

async function led(host: StartedHost): Promise<void> {
  await waitUntil(async () => (await host.host.client.cluster.get()).leader?.self, {
    what: 'the host to lead',
    ...soon,
  });
}

describe.concurrent('a namespace that is deleted goes, where a host has only what guildnet rbac grants', () => {
  test.each([
    ['to a person', { user: person }],
    ['to a service account of that namespace, which goes with it', {}],
  ])('%s, and it leads', async (_whom, grant) => {
    await using namespace = await createNamespace(inject('kubeconfigPath'));
    await using file = await grantManifest(namespace, grant);
    await using host = await startHost({ kubeconfigPath: file.path, namespace: namespace.name });
    await led(host);
    await launch(host, namespace, 3);
    expect(await noted(host)).not.toContain('namespace_end_rights');
    await namespace.core.deleteNamespace({ name: namespace.name });
    await namespace.gone();
  });

  test('and it is started when the deletion has long begun', async () => {
    await using namespace = await createNamespace(inject('kubeconfigPath'));
    await using file = await grantManifest(namespace, { user: person });
    const options = { kubeconfigPath: file.path, namespace: namespace.name };
    await (async () => {
      await using before = await startHost(options);
      await led(before);
      await launch(before, namespace, 2);
    })();
    await namespace.core.deleteNamespace({ name: namespace.name });
    const rbac = namespace.kubeConfig.makeApiClient(RbacAuthorizationV1Api);
    const isStripped = async (): Promise<boolean> => {
      const { items } = await rbac.listNamespacedRoleBinding({ namespace: namespace.name });
      return items.length === 1 && items[0]?.metadata?.deletionTimestamp !== undefined;
    };
    await waitUntil(isStripped, { what: 'the other rights to be taken away', ...soon });
    await using _host = await startHost(options);
    await namespace.gone();
  });

  test('and it has lost its lease meanwhile', async () => {
    await using namespace = await createNamespace(inject('kubeconfigPath'));
    await using file = await grantManifest(namespace, { user: person });
    await using folder = await temporaryKubeconfig('');
    await using line = await brokenLine(file.path, folder.folder);
    await using host = await startHost({ kubeconfigPath: line.kubeconfigPath, namespace: namespace.name });
    await led(host);
    await launch(host, namespace, 2);
    await line.cut();
    await namespace.core.deleteNamespace({ name: namespace.name });
    await waitUntil(() => host.lines.some((line) => line.includes('this host leads no more')), {
      what: 'the lease to be lost',
      ...soon,
    });
    await line.mend();
    await namespace.gone();
  });
});

describe.concurrent('the binding that outlives the others', () => {
  test('is let go with the last workspace that has a home', async () => {
    await using namespace = await createNamespace(inject('kubeconfigPath'));
    await using file = await grantManifest(namespace);
    await using host = await startHost({ kubeconfigPath: file.path, namespace: namespace.name });
    await led(host);
    const account = async (): Promise<readonly string[]> => {
      const read = await namespace.core.readNamespacedServiceAccount({ namespace: namespace.name, name: 'guildnet' });
      return read.metadata?.finalizers ?? [];
    };
    const [id = ''] = await launch(host, namespace, 1);
    await waitUntil(async () => (await account()).includes(rightsFinalizer), {
      what: 'the account to be kept',
      ...soon,
    });
    await host.ask(`/api/servers/${id}`, { method: 'DELETE' });
    await waitUntil(async () => [...(await account()), ...((await finalizersOf(namespace)) ?? [])].length === 0, {
      what: 'both to be let go',
      ...soon,
    });
  });

  test('goes when a person deletes it, and then people are told what that means', async () => {
    await using namespace = await createNamespace(inject('kubeconfigPath'));
    await using file = await grantManifest(namespace, { user: person });
    await using host = await startHost({ kubeconfigPath: file.path, namespace: namespace.name });
    await led(host);
    await launch(host, namespace, 1);
    const rbac = namespace.kubeConfig.makeApiClient(RbacAuthorizationV1Api);
    await rbac.deleteNamespacedRoleBinding({ namespace: namespace.name, name: endBindingName });
    await waitUntil(async () => (await finalizersOf(namespace)) === undefined, { what: 'it to go', ...soon });
    await waitUntil(async () => (await noted(host)).includes('namespace_end_rights'), { what: 'the note', ...soon });
    expect((await host.host.client.cluster.get()).phase).toBe('online');
  });

  test('is missing where a manifest of before was applied, and people are told what to apply', async () => {
    await using namespace = await createNamespace(inject('kubeconfigPath'));
    const isOld = ({ metadata }: RbacObject): boolean => !metadata.name.startsWith(endBindingName);
    await using file = await grantManifest(namespace, { user: person, only: isOld });
    await using host = await startHost({ kubeconfigPath: file.path, namespace: namespace.name });
    await led(host);
    expect(await noted(host)).not.toContain('namespace_end_rights');
    const answer = await host.ask('/api/jobs', { method: 'POST', body: { image: 'alpine:3', home: {} } });
    expect(answer.status).toBe(202);
    await waitUntil(async () => (await noted(host)).includes('namespace_end_rights'), { what: 'the note', ...soon });
    const isNew = (object: RbacObject): boolean => !isOld(object);
    await using _rest = await grantManifest(namespace, { user: person, only: isNew });
    await waitUntil(async () => !(await noted(host)).includes('namespace_end_rights'), {
      what: 'it to be unsaid',
      ...soon,
    });
    await waitUntil(async () => (await finalizersOf(namespace))?.includes(rightsFinalizer), {
      what: 'it to be kept',
      ...soon,
    });
  });
});

import { randomBytes } from 'node:crypto';
import {
  ApiException,
  AppsV1Api,
  CoreV1Api,
  CustomObjectsApi,
  KubeConfig,
  KubernetesObjectApi,
  RbacAuthorizationV1Api,
} from '@kubernetes/client-node';
import type { V1ObjectMeta } from '@kubernetes/client-node';
import { z } from 'zod';
import { rightsFinalizer } from '#contract/annotations.ts';
import { workspaceGroup, workspacePlural, workspaceVersion } from '#contract/workspace.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { currentRun, runLabel } from './test-run.ts';

/** A namespace of a test's own, with what is needed to look into it. */
export interface TestNamespace {
  /** `t-` and eight hex digits. */
  name: string;
  kubeconfigPath: string;
  kubeConfig: KubeConfig;
  core: CoreV1Api;
  apps: AppsV1Api;
  custom: CustomObjectsApi;
  objects: KubernetesObjectApi;
}

/** How long a namespace may take to go, in milliseconds: its pods have 30 s to end by themselves. */
const goneWithin = 90_000;

export interface CreatedNamespace extends TestNamespace, AsyncDisposable {
  /** Asks for the deletion and resolves when it has begun. */
  delete(): Promise<void>;
  /** Resolves when it is gone with everything in it; Kubernetes lets five seconds pass before it even looks. */
  gone(): Promise<void>;
}

/**
 * Creates a namespace. Disposing of it deletes it. Where a test run has a name, the namespace bears it, and whoever began
 * the run waits in its end until all of them are gone; elsewhere disposing waits for that.
 */
export async function createNamespace(kubeconfigPath: string): Promise<CreatedNamespace> {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromFile(kubeconfigPath);
  const core = kubeConfig.makeApiClient(CoreV1Api);
  const name = `t-${randomBytes(4).toString('hex')}`;
  const run = currentRun();
  const labels: Record<string, string> = run === undefined ? {} : { [runLabel]: run };
  await core.createNamespace({ body: { metadata: { name, labels } } });
  const custom = kubeConfig.makeApiClient(CustomObjectsApi);
  const remove = async (): Promise<void> => {
    try {
      await core.deleteNamespace({ name });
    } catch (error) {
      // The test's own doing.
      if (error instanceof ApiException && error.code === 404) return;
      throw error;
    }
    await releaseWorkspaces(custom, name);
    await releaseRights(kubeConfig, name);
  };
  const gone = async (): Promise<void> => {
    await waitUntil(() => isGone(core, name), { what: `namespace ${name} to be gone`, timeoutMs: goneWithin });
  };
  return {
    name,
    kubeconfigPath,
    kubeConfig,
    core,
    apps: kubeConfig.makeApiClient(AppsV1Api),
    custom,
    objects: KubernetesObjectApi.makeApiClient(kubeConfig),
    delete: remove,
    gone,
    async [Symbol.asyncDispose]() {
      await remove();
      if (run === undefined) await gone();
    },
  };
}

/** The operator that would let Workspaces with a home go has ended with the test. */
async function releaseWorkspaces(custom: CustomObjectsApi, namespace: string): Promise<void> {
  const collection = { group: workspaceGroup, version: workspaceVersion, namespace, plural: workspacePlural };
  try {
    const { items } = listSchema.parse(await custom.listNamespacedCustomObject(collection));
    const body = [{ op: 'add', path: '/metadata/finalizers', value: [] }];
    const held = items.filter(({ metadata }) => (metadata.finalizers ?? []).length > 0);
    await Promise.all(
      held.map(({ metadata: { name } }) => custom.patchNamespacedCustomObject({ ...collection, name, body })),
    );
  } catch (error) {
    // No CRD, or gone meanwhile.
    if (!(error instanceof ApiException && error.code === 404)) throw error;
  }
}

/** What a host of the test that has ended kept its rights by. */
async function releaseRights(kubeConfig: KubeConfig, namespace: string): Promise<void> {
  const body = [{ op: 'add', path: '/metadata/finalizers', value: [] }];
  const held = ({ metadata }: { metadata?: V1ObjectMeta }): string[] =>
    metadata?.finalizers?.includes(rightsFinalizer) === true ? [metadata.name ?? ''] : [];
  const rbac = kubeConfig.makeApiClient(RbacAuthorizationV1Api);
  const core = kubeConfig.makeApiClient(CoreV1Api);
  const [bindings, accounts] = await Promise.all([
    rbac.listNamespacedRoleBinding({ namespace }),
    core.listNamespacedServiceAccount({ namespace }),
  ]);
  await Promise.all([
    ...bindings.items.flatMap(held).map((name) => rbac.patchNamespacedRoleBinding({ namespace, name, body })),
    ...accounts.items.flatMap(held).map((name) => core.patchNamespacedServiceAccount({ namespace, name, body })),
  ]);
}

const listSchema = z.object({
  items: z.array(z.object({ metadata: z.object({ name: z.string(), finalizers: z.array(z.string()).optional() }) })),
});

async function isGone(core: CoreV1Api, name: string): Promise<boolean> {
  try {
    await core.readNamespace({ name });
    return false;
  } catch (error) {
    if (error instanceof ApiException && error.code === 404) return true;
    throw error;
  }
}

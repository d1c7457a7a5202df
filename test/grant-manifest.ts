import { rbacObjects } from '#host/operator/rbac.ts';
import type { RbacObject, RbacSubject } from '#host/operator/rbac.ts';
import type { TestNamespace } from './create-namespace.ts';
import { deriveKubeconfig } from './kube/kubeconfig.ts';
import type { TestKubeconfig } from './kube/kubeconfig.ts';

export interface GrantOptions {
  /** A person of this name, whom the kubeconfig of the tests impersonates; by default a ServiceAccount of the namespace. */
  user?: string;
  /** Which of the objects are applied: all by default. */
  only?: (object: RbacObject) => boolean;
}

/** A kubeconfig of somebody who was given exactly what `guildnet rbac` prints; disposing of it takes back what is no namespace's. */
export async function grantManifest(namespace: TestNamespace, options: GrantOptions = {}): Promise<TestKubeconfig> {
  const { user, only = () => true } = options;
  const { objects, name } = namespace;
  const file = user === undefined ? await accountOf(namespace) : await personOf(namespace, user);
  const subject: RbacSubject =
    user === undefined ? { kind: 'ServiceAccount', name: 'guildnet' } : { kind: 'User', name: user };
  const granted = rbacObjects({ namespace: name, subject })
    .filter(only)
    .map((object) => ownCopy(object, name));
  for (const object of granted)
    await objects.patch(object, undefined, undefined, 'test', true, 'application/apply-patch+yaml');
  return {
    ...file,
    async [Symbol.asyncDispose]() {
      for (const object of granted.filter(({ metadata }) => metadata.namespace === undefined))
        await objects.delete(object);
      await file[Symbol.asyncDispose]();
    },
  };
}

/** Of the ClusterRole that all namespaces share, so that no test takes it from another. */
function ownCopy(object: RbacObject, namespace: string): RbacObject {
  const { kind, metadata, roleRef } = object;
  const name = `${metadata.name}-${namespace}`;
  if (kind === 'ClusterRole' && !metadata.name.endsWith(namespace)) return { ...object, metadata: { name } };
  if (kind !== 'ClusterRoleBinding' || roleRef === undefined) return object;
  return { ...object, roleRef: { ...roleRef, name: `${roleRef.name}-${namespace}` } };
}

async function accountOf({ core, kubeconfigPath, name }: TestNamespace): Promise<TestKubeconfig> {
  const account = { name: 'guildnet', namespace: name };
  await core.createNamespacedServiceAccount({ namespace: name, body: { metadata: account } });
  const body = { spec: { audiences: [] } };
  const { status } = await core.createNamespacedServiceAccountToken({ ...account, body });
  return deriveKubeconfig(kubeconfigPath, { user: { token: status?.token ?? '' } });
}

async function personOf({ kubeConfig, kubeconfigPath }: TestNamespace, as: string): Promise<TestKubeconfig> {
  const admin = kubeConfig.getCurrentUser();
  if (admin === null) throw new Error('the test kubeconfig has no current user');
  const { certData, keyData, token } = admin;
  return deriveKubeconfig(kubeconfigPath, {
    user: { 'client-certificate-data': certData, 'client-key-data': keyData, token, as },
  });
}

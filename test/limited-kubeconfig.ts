import { RbacAuthorizationV1Api } from '@kubernetes/client-node';
import type { ExplainedRule } from '#host/operator/rbac-rules.ts';
import type { TestNamespace } from './create-namespace.ts';
import { deriveKubeconfig } from './kube/kubeconfig.ts';
import type { TestKubeconfig } from './kube/kubeconfig.ts';

/** For tests: a kubeconfig of a service account that may do in the namespace what the rules say, and nothing else. */
export async function limitedKubeconfig(
  namespace: TestNamespace,
  granted: readonly Omit<ExplainedRule, 'why'>[],
): Promise<TestKubeconfig> {
  const { core, kubeConfig, kubeconfigPath, name } = namespace;
  const rules = granted.map(({ apiGroups, resources, resourceNames, verbs }) => ({
    apiGroups: [...apiGroups],
    resources: [...resources],
    ...(resourceNames === undefined ? {} : { resourceNames: [...resourceNames] }),
    verbs: [...verbs],
  }));
  const metadata = { name: 'limited', namespace: name };
  const rbac = kubeConfig.makeApiClient(RbacAuthorizationV1Api);
  await core.createNamespacedServiceAccount({ namespace: name, body: { metadata } });
  await rbac.createNamespacedRole({ namespace: name, body: { metadata, rules } });
  await rbac.createNamespacedRoleBinding({
    namespace: name,
    body: {
      metadata,
      subjects: [{ kind: 'ServiceAccount', ...metadata }],
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: metadata.name },
    },
  });
  const { status } = await core.createNamespacedServiceAccountToken({
    ...metadata,
    body: { spec: { audiences: [] } },
  });
  return deriveKubeconfig(kubeconfigPath, { user: { token: status?.token ?? '' } });
}

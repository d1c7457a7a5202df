import { workspaceGroup, workspacePlural, workspaceVersion } from '#contract/workspace.ts';
import { connectKube } from '#host/kube/kube.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import type { Contender } from '../proxy/load.ts';

export const workspacesPath = (namespace: string): string =>
  `/apis/${workspaceGroup}/${workspaceVersion}/namespaces/${namespace}/${workspacePlural}`;

const reader = 'bench-reader';

/** The cluster's API server, asked as a ServiceAccount that may read Workspaces. */
export async function apiServer({ kubeConfig, kubeconfigPath, name }: TestNamespace): Promise<Contender> {
  const cluster = kubeConfig.getCurrentCluster();
  if (cluster === null) throw new Error('The kubeconfig has no cluster.');
  const kube = await connectKube({ kind: 'kubeconfig', path: kubeconfigPath }, { namespace: name });
  try {
    const inNamespace = { metadata: { name: reader, namespace: name } };
    const rules = [{ apiGroups: [workspaceGroup], resources: [workspacePlural], verbs: ['get', 'list'] }];
    const rbac = `/apis/rbac.authorization.k8s.io/v1/namespaces/${name}`;
    await kube.rest.json('POST', `/api/v1/namespaces/${name}/serviceaccounts`, { body: inNamespace });
    await kube.rest.json('POST', `${rbac}/roles`, { body: { ...inNamespace, rules } });
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: reader };
    const subjects = [{ kind: 'ServiceAccount', name: reader, namespace: name }];
    await kube.rest.json('POST', `${rbac}/rolebindings`, { body: { ...inNamespace, roleRef, subjects } });
    const asked = { spec: { expirationSeconds: 3_600 } };
    const path = `/api/v1/namespaces/${name}/serviceaccounts/${reader}/token`;
    const answer = (await kube.rest.json('POST', path, { body: asked })) as { status: { token: string } };
    return {
      name: 'API server',
      url: cluster.server,
      address: new URL(cluster.server).host,
      ca: Buffer.from(cluster.caData ?? '', 'base64').toString(),
      headers: { authorization: `Bearer ${answer.status.token}` },
      pids: [],
    };
  } finally {
    kube.close();
  }
}

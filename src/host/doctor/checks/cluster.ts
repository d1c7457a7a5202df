import { failed, ok } from '../check.ts';
import type { Check } from '../check.ts';
import type { Patient } from '../patient.ts';

const howToGetOne =
  'Set KUBECONFIG to the kubeconfig of a cluster, or put it at ~/.kube/config; on Linux, `guildnet cluster up` makes one.';

/** Whether the cluster answers to who the kubeconfig says that we are. */
export const cluster: Check = {
  id: 'cluster',
  title: 'Cluster',
  check: async (patient) => {
    if (patient.source === undefined) return [failed('No cluster is configured.', howToGetOne)];
    // What is thrown says what is in the way, and what to do.
    const { server, version, namespace } = await patient.contacted();
    return [ok(`${server} answers (Kubernetes ${version}); workspaces live in the namespace "${namespace}".`)];
  },
};

/** Why a check that needs a cluster does not apply. */
export function withoutCluster({ source }: Patient): string | undefined {
  return source === undefined ? 'No cluster is configured.' : undefined;
}

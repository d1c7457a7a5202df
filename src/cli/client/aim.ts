import type { ClusterState } from '#contract/cluster.ts';
import type { KubeContext } from '#contract/contexts.ts';
import type { Aim } from './aimed-client.ts';
import type { Meant } from './right-cluster.ts';

/** The context that is meant, where it is open beside the one in use and has the namespace that is meant. Pure. */
export function aimOf(meant: Meant, contexts: readonly KubeContext[], { local }: ClusterState): Aim | undefined {
  const found = contexts.find(({ name, label }) => name === meant.context || label === meant.context);
  if (found?.open === undefined || found.label === undefined) return undefined;
  if (meant.namespace !== undefined && found.open.namespace !== meant.namespace) return undefined;
  const { name, label, open } = found;
  return { name, label, state: { ...open, source: 'kubeconfig', context: name, local } };
}

import type { ClusterState } from '#contract/cluster.ts';
import { progressLine } from '../progress-lines.ts';

/** The connection to the cluster in one line: its phase, which cluster it is, and the problem or progress if there is one. */
export function describeCluster(state: ClusterState): string {
  const about = state.problem?.message ?? (state.progress === undefined ? undefined : progressLine(state.progress));
  const which = nameOf(state);
  return `${state.phase}${which === '' ? '' : ` – ${which}`}${about === undefined ? '' : `: ${about}`}`;
}

function nameOf({ source, context, server, version }: ClusterState): string {
  const where = {
    kubeconfig: context === undefined ? 'kubeconfig' : `context ${context}`,
    'in-cluster': 'this cluster',
    local: 'local cluster',
  };
  const parts = [source === undefined ? undefined : where[source], server, version];
  return parts.filter((part) => part !== undefined && part !== '').join(', ');
}

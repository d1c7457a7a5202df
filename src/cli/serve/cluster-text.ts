import type { ClusterState } from '#contract/cluster.ts';
import { describeCluster } from '../output/describe-cluster.ts';

/** The state of the cluster as `serve` tells it: `ready` once it is online, and otherwise what it is and what to do. */
export function clusterText(cluster: ClusterState): string {
  if (cluster.phase === 'online') return `ready: ${describeCluster(cluster)}`;
  const remedy = cluster.phase === 'none' ? howToGetOne(cluster) : cluster.problem?.remedy;
  return `cluster ${describeCluster(cluster)}${remedy === undefined ? '' : `\n  ${remedy}`}`;
}

/** The problem's own remedy speaks to people in the window; here it is a command that helps. */
function howToGetOne({ local }: ClusterState): string {
  if (local.available) return 'Set KUBECONFIG, or run "guildnet serve --local" for a cluster on this machine.';
  return `Set KUBECONFIG. The local cluster cannot run here: ${local.reason ?? 'unknown reason'}`;
}

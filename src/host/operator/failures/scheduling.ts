import type { V1Pod } from '@kubernetes/client-node';
import { rule } from './rule.ts';
import type { Explanation } from './rule.ts';

function unschedulable(pod: V1Pod | undefined): string | undefined {
  const condition = pod?.status?.conditions?.find((one) => one.type === 'PodScheduled' && one.status === 'False');
  return condition?.reason === 'Unschedulable' ? (condition.message ?? 'no node fits') : undefined;
}

/** The scheduler's own words name the obstacle; the remedy goes with it. */
const remedies: readonly [RegExp, string][] = [
  [
    /Insufficient (cpu|memory|ephemeral-storage|pods)/i,
    'Stop other workspaces, ask for less in spec.resources, or add a node.',
  ],
  [/untolerated taint/i, 'Add a toleration for the taint (spec.tolerations), or remove the taint from the node.'],
  [/node affinity\/selector|node selector/i, 'No node has the labels of spec.nodeSelector: change one or the other.'],
  [/volume node affinity|volume/i, 'The home volume belongs to a node that cannot take the pod: make room there.'],
  [/no nodes available/i, 'The cluster has no node yet, or none is ready.'],
];

export const schedulingFailures: readonly Explanation[] = [
  rule({
    reason: 'Unschedulable',
    recognise: ({ pod }) => unschedulable(pod),
    message: (said) => `No node of the cluster can take the workspace: ${said}`,
    remedy: (said) =>
      remedies.find(([pattern]) => pattern.test(said))?.[1] ?? 'Look at the nodes: kubectl describe nodes.',
  }),
];

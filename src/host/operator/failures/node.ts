import type { V1Pod } from '@kubernetes/client-node';
import { podCondition } from './pod-state.ts';
import { rule } from './rule.ts';
import type { Explanation } from './rule.ts';
import { cut } from './said.ts';
import { warningAbout } from './warnings.ts';

interface Ending {
  said: string;
  /** How many pods of the workspace the node has ended that are still to be seen. */
  count: number;
}

const failed = (pod: V1Pod | undefined): boolean => pod?.status?.phase === 'Failed';

/** A node that was gone is believed to be so as long as it has not made the pod ready again. */
export const lostNodeFailures: readonly Explanation[] = [
  rule({
    reason: 'NodeLost',
    means: 'The node that the workspace runs on has stopped reporting to the cluster.',
    recognise: (evidence) => {
      const { pod } = evidence;
      const ready = podCondition(pod, 'Ready');
      if (ready === undefined || ready.status === 'True') return undefined;
      const found = warningAbout(evidence, pod, ['NodeNotReady', 'NodeLost']);
      const since = ready.lastTransitionTime?.getTime() ?? 0;
      const gone = pod?.status?.reason === 'NodeLost' || (found !== undefined && found.at >= since - 2_000);
      return gone ? (pod?.spec?.nodeName ?? '') : undefined;
    },
    message: (node) => `The node "${node}" of the workspace has stopped reporting to the cluster.`,
    remedy:
      'The workspace answers again when the node does; if the node is gone for good, delete its Node object, and the workspace moves.',
  }),
];

/** Asked last: it tells of pods that were there before, too. */
export const evictionFailures: readonly Explanation[] = [
  rule({
    reason: 'Evicted',
    means:
      'The node ended the workspace’s pod: it ran short of disk, memory or process ids, or the pod used more disk than it may.',
    recognise: ({ pod, formerPods = [] }): Ending | undefined => {
      const ends = [pod, ...formerPods].filter(failed);
      const last = ends[0];
      if (last === undefined) return undefined;
      const said = last.status?.message ?? last.status?.reason ?? 'it ended';
      return { said: cut(said.trim()), count: ends.length };
    },
    message: ({ said }) => `The node ended the workspace's pod: ${said}`,
    remedy:
      'A new pod is started by itself; if it happens again, make room on the node, or write less to /tmp and more to the home.',
    patience: ({ count }) => ({ failAt: count < 2 ? Number.POSITIVE_INFINITY : 0 }),
  }),
];

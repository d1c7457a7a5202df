import { podCondition } from './pod-state.ts';
import { patienceFrom, rule } from './rule.ts';
import type { Evidence, Explanation, FailureEntry } from './rule.ts';

interface NoNode {
  said: string;
  since: Date | undefined;
}

/** The scheduler's words, without what it found out about preemption. */
function unschedulable({ pod }: Evidence): NoNode | undefined {
  const condition = podCondition(pod, 'PodScheduled');
  if (condition?.status !== 'False' || condition.reason !== 'Unschedulable') return undefined;
  const said = (condition.message ?? 'no node fits').replace(/ preemption: .*$/s, '').replace(/\. not found$/, '');
  return { said, since: condition.lastTransitionTime };
}

/** A node may be on its way: autoscalers and restarts are given this long before the phase says Failed. */
const failMs = 15_000;

function noNode(entry: FailureEntry & { pattern: RegExp; what: string }): Explanation {
  const { pattern, what, ...rest } = entry;
  return rule({
    ...rest,
    recognise: (evidence) => {
      const found = unschedulable(evidence);
      return found !== undefined && pattern.test(found.said) ? found : undefined;
    },
    message: ({ said }) => `${what}: ${said}`,
    patience: ({ since }) => patienceFrom(since, { failMs }),
  });
}

/** No node takes the pod. Kubernetes tries again by itself whenever something changes. */
export const schedulingFailures: readonly Explanation[] = [
  noNode({
    reason: 'VolumeOnOtherNode',
    means: 'The home’s volume can be used on certain nodes only, and none of them can take the pod.',
    pattern: /volume node affinity conflict|didn't match PersistentVolume's node affinity|no available volume zone/,
    what: "The home's volume is bound to a node or zone that cannot take the workspace",
    remedy: 'Bring that node back or make room on it; the files are there and nowhere else.',
  }),
  noNode({
    reason: 'InsufficientCpu',
    means: 'No node has as much free CPU as the workspace asks for.',
    pattern: /Insufficient cpu/,
    what: 'No node has enough free CPU for the workspace',
    remedy: 'Stop other workspaces, ask for less in spec.resources.requests.cpu, or add a node.',
  }),
  noNode({
    reason: 'InsufficientMemory',
    means: 'No node has as much free memory as the workspace asks for.',
    pattern: /Insufficient memory/,
    what: 'No node has enough free memory for the workspace',
    remedy: 'Stop other workspaces, ask for less in spec.resources.requests.memory, or add a node.',
  }),
  noNode({
    reason: 'InsufficientResources',
    means: 'No node has room for another pod, or the device or disk space that the workspace asks for.',
    pattern: /Insufficient |Too many pods/,
    what: 'No node has what the workspace asks for',
    remedy: 'Stop other workspaces, ask for less in spec.resources, or add a node.',
  }),
  // Before the selector: a node whose labels do not fit says so even when the one that is meant is tainted.
  noNode({
    reason: 'TaintNotTolerated',
    means: 'The nodes carry taints that the workspace does not tolerate, for example because they are not ready.',
    pattern: /untolerated taint|had taint/,
    what: 'The nodes keep the workspace away by their taints',
    remedy:
      'Add a toleration (spec.tolerations), or remove the taint; not-ready and unreachable go with the node’s recovery.',
  }),
  noNode({
    reason: 'NodeSelectorUnmatched',
    means: 'No node has the labels that the workspace’s node selector asks for.',
    pattern: /node affinity\/selector|node selector/,
    what: 'No node has the labels that the workspace asks for',
    remedy: 'Change spec.nodeSelector, or label a node.',
  }),
  noNode({
    reason: 'NoNodes',
    means: 'The cluster has no node that takes pods.',
    pattern: /no nodes available|were unschedulable/,
    what: 'The cluster has no node for the workspace',
    remedy: 'Add a node, or uncordon one: kubectl uncordon.',
  }),
  noNode({
    reason: 'Unschedulable',
    means: 'No node can take the pod, for a reason that GuildNet does not know.',
    pattern: /(?:)/,
    what: 'No node of the cluster can take the workspace',
    remedy: 'Look at the nodes: kubectl describe nodes.',
  }),
];

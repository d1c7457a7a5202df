import type { Problem } from '#contract/cluster.ts';
import type { Amounts, ClusterNode, ClusterResources, WorkspaceShare } from '#contract/cluster-resources.ts';
import { labels } from '#contract/workspace.ts';
import type { FoundNode, FoundNodeMetrics, FoundPod, FoundPodMetrics } from './found-objects.ts';
import { amountsOf, plus, podRequests } from './pod-requests.ts';

export interface Found {
  nodes: readonly FoundNode[];
  /** Of all namespaces, or of ours alone where others may not be seen. */
  pods: readonly FoundPod[];
  nodeMetrics: readonly FoundNodeMetrics[];
  /** Of our namespace. */
  podMetrics: readonly FoundPodMetrics[];
  namespace: string;
  problems: { nodes?: Problem | undefined; others?: Problem | undefined; usage?: Problem | undefined };
}

const ended: ReadonlySet<string> = new Set(['Succeeded', 'Failed']);
const nothing: Amounts = { cpu: 0, memory: 0 };

/** What the cluster has and what it is used for, from what was found. Pure. */
export function resourcesOf({ nodes, pods, nodeMetrics, podMetrics, namespace, problems }: Found): ClusterResources {
  const living = pods.filter(({ status }) => !ended.has(status?.phase ?? ''));
  const byNode = Map.groupBy(living, ({ spec }) => spec.nodeName);
  const usedBy = new Map(nodeMetrics.map(({ metadata, usage }) => [metadata.name, amountsOf(usage)]));
  const ours = living.filter(({ metadata }) => metadata.namespace === namespace);
  return {
    nodes: nodes
      .map((node) => nodeOf(node, byNode.get(node.metadata.name) ?? [], usedBy.get(node.metadata.name)))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    workspaces: sharesOf(ours, podMetrics),
    problems: {
      ...(problems.nodes === undefined ? {} : { nodes: problems.nodes }),
      ...(problems.others === undefined ? {} : { others: problems.others }),
      ...(problems.usage === undefined ? {} : { usage: problems.usage }),
    },
  };
}

function nodeOf(
  { metadata, spec, status }: FoundNode,
  pods: readonly FoundPod[],
  used: Amounts | undefined,
): ClusterNode {
  const conditions = status?.conditions ?? [];
  const ready = conditions.find(({ type }) => type === 'Ready');
  const isReady = ready?.status === 'True';
  const pressed = conditions.filter(({ type, status: is }) => type !== 'Ready' && is === 'True');
  const complaints = [...(isReady || ready === undefined ? [] : [ready]), ...pressed].map(({ type, message }) =>
    message === undefined || message === '' ? type : `${type}: ${message}`,
  );
  const { kubeletVersion, architecture } = status?.nodeInfo ?? {};
  const requested = pods.reduce((sum, pod) => plus(sum, podRequests(pod.spec)), nothing);
  return {
    name: metadata.name,
    ready: isReady,
    schedulable: spec?.unschedulable !== true,
    complaints: complaints.slice(0, 64),
    ...(kubeletVersion === undefined ? {} : { version: kubeletVersion }),
    ...(architecture === undefined ? {} : { architecture }),
    allocatable: { ...amountsOf(status?.allocatable), pods: podsOf(status?.allocatable?.['pods']) },
    requested: { ...requested, pods: pods.length },
    ...(used === undefined ? {} : { used }),
  };
}

function podsOf(text: string | undefined): number {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : 0;
}

/** A workspace may have two pods for a moment, the old one and the new. */
function sharesOf(pods: readonly FoundPod[], metrics: readonly FoundPodMetrics[]): WorkspaceShare[] {
  const usedBy = new Map(
    metrics.map(({ metadata, containers }) => [
      metadata.name,
      containers.reduce((sum, { usage }) => plus(sum, amountsOf(usage)), nothing),
    ]),
  );
  const shares = new Map<string, WorkspaceShare>();
  for (const { metadata, spec } of pods) {
    const id = metadata.labels?.[labels.id];
    if (id === undefined || metadata.labels?.[labels.managed] !== 'true') continue;
    const before = shares.get(id);
    const used = usedBy.get(metadata.name);
    const sum = before?.used === undefined ? used : plus(before.used, used ?? nothing);
    shares.set(id, {
      id,
      ...(spec.nodeName === undefined ? {} : { node: spec.nodeName }),
      requested: plus(before?.requested ?? nothing, podRequests(spec)),
      ...(sum === undefined ? {} : { used: sum }),
    });
  }
  return [...shares.values()].toSorted((a, b) => b.requested.memory - a.requested.memory || (a.id < b.id ? -1 : 1));
}

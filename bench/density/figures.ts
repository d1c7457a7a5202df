import { parseQuantity } from '#host/kube/quantity.ts';

/** What one workspace has of its node, or uses: cores and bytes. */
export interface Amounts {
  cpu: number;
  memory: number;
}

/** How many of them a node holds, and what decides that. */
export interface Fit {
  count: number;
  by: 'cpu' | 'memory' | 'pods';
}

/** The kubelet's own limit (https://kubernetes.io/docs/setup/best-practices/cluster-large/). */
const mostPods = 110;

/** How many workspaces of this size a node holds. Pure. */
export function fit(node: Amounts, one: Amounts): Fit {
  const counts = {
    cpu: Math.floor(node.cpu / one.cpu),
    memory: Math.floor(node.memory / one.memory),
    pods: mostPods,
  };
  const count = Math.min(counts.cpu, counts.memory, counts.pods);
  const by = (['memory', 'cpu', 'pods'] as const).find((name) => counts[name] === count) ?? 'pods';
  return { count, by };
}

/** A container's requests, in cores and bytes. Throws for a container without both. */
export function amountsOf(requests: Readonly<Record<string, string>> | undefined): Amounts {
  const [cpu, memory] = (['cpu', 'memory'] as const).map((name) => parseQuantity(requests?.[name] ?? ''));
  if (cpu === undefined || memory === undefined) throw new TypeError('the container requests no CPU or no memory');
  // The unit is a thousand-millionth.
  return { cpu: Number(cpu) / 1e9, memory: Number(memory) / 1e9 };
}

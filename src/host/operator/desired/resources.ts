import type { V1ResourceRequirements } from '@kubernetes/client-node';
import type { WorkspaceSpec } from '#contract/workspace.ts';
import { parseQuantity } from '../../kube/quantity.ts';
import { plain } from './plain.ts';

/**
 * What an IDE takes that nobody has open (docs/bench-density.md); without any request the scheduler would fill a node until it breaks
 * down. What is beyond it comes from what the node has to spare, and is shared evenly where it has none.
 */
const defaultRequests = { cpu: '10m', memory: '128Mi' } as const;

/**
 * Requests and limits of the container: the workspace's own, and a small request of CPU and memory where it has none. There is
 * no limit by default: a build that hits one is killed or crawls, for the sake of nobody on a machine that is idle.
 */
export function resources(spec: Pick<WorkspaceSpec, 'resources'>): V1ResourceRequirements {
  const { limits, requests } = plain(spec.resources ?? {});
  const { cpu, memory } = defaultRequests;
  const defaults = { cpu: atMost(cpu, limits?.['cpu']), memory: atMost(memory, limits?.['memory']) };
  return { requests: { ...defaults, ...requests }, ...(limits === undefined ? {} : { limits }) };
}

/** Nothing can be requested beyond its limit. */
function atMost(amount: string, limit: string | undefined): string {
  const [wanted, highest] = [parseQuantity(amount), limit === undefined ? undefined : parseQuantity(limit)];
  return limit !== undefined && wanted !== undefined && highest !== undefined && highest < wanted ? limit : amount;
}

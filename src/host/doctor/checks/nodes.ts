import { cutTextOf, listOf, longest, most, openObject, textOf } from '#contract/bounded.ts';
import type { Finding } from '#contract/doctor.ts';
import { hasStatus } from '../../kube/errors.ts';
import { failed, ok, skipped, warning } from '../check.ts';
import type { Check } from '../check.ts';
import { withoutCluster } from './cluster.ts';

/** A node, and what its kubelet says of it. */
export interface FoundNode {
  name: string;
  unschedulable: boolean;
  conditions: readonly { type: string; status: string; message?: string | undefined }[];
}

const look = (name: string): string => `Look at it: kubectl describe node ${name}`;

/** Whether pods can run, and what the nodes are short of. Pure. */
export function judgeNodes(nodes: readonly FoundNode[]): Finding[] {
  const isReady = ({ conditions }: FoundNode): boolean =>
    conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
  const usable = nodes.filter((node) => isReady(node) && !node.unschedulable);
  const findings = nodes.flatMap((node) => {
    const { name, conditions } = node;
    const ready = conditions.find(({ type }) => type === 'Ready');
    const said = ready?.message === undefined || ready.message === '' ? '' : ` (${ready.message})`;
    const short = conditions.filter(({ type, status }) => type.endsWith('Pressure') && status === 'True');
    return [
      ...(isReady(node) ? [] : [warning(`The node ${name} is not ready${said}.`, look(name))]),
      ...short.map(({ type }) => warning(`The node ${name} says ${type}: pods may be put off it.`, look(name))),
    ];
  });
  if (usable.length > 0)
    return [ok(`${String(usable.length)} of ${String(nodes.length)} nodes can take workspaces.`), ...findings];
  const none =
    nodes.length === 0
      ? failed('The cluster has no node, so that no workspace can run.', 'Start one, or use another cluster.')
      : failed('No node of the cluster can take a workspace.', 'Make one ready and schedulable: kubectl get nodes');
  return [none, ...findings];
}

const nodesSchema = openObject({
  items: listOf(
    openObject({
      metadata: openObject({ name: textOf(longest.name) }),
      spec: openObject({}).optional(),
      status: openObject({
        conditions: listOf(
          openObject({
            type: textOf(longest.key),
            status: textOf(longest.token),
            message: cutTextOf(longest.message).optional(),
          }),
          most.entries,
        ).optional(),
      }).optional(),
    }),
    most.inAList,
  ),
});

export const nodes: Check = {
  id: 'nodes',
  title: 'Nodes',
  inapplicable: withoutCluster,
  check: async (patient, signal) => {
    const { rest } = await patient.kube();
    try {
      const { items } = nodesSchema.parse(await rest.json('GET', '/api/v1/nodes', { signal }));
      return judgeNodes(
        items.map(({ metadata, spec, status }) => ({
          name: metadata.name,
          unschedulable: spec?.['unschedulable'] === true,
          conditions: status?.conditions ?? [],
        })),
      );
    } catch (error) {
      if (hasStatus(error, 403)) return [skipped('The nodes of the cluster may not be listed.')];
      throw error;
    }
  },
};

import type { V1Pod } from '@kubernetes/client-node';
import { GuildNetError } from '#contract/errors.ts';
import type { Workspace } from '#contract/workspace.ts';
import { containersOf } from '../logs/container-log.ts';
import { containerName } from '../operator/desired/container-name.ts';
import { chooseOwnPod, notReady } from '../proxy/resolve/choose-pod.ts';

function runs(pod: V1Pod, container: string): boolean {
  const { containerStatuses = [], initContainerStatuses = [], ephemeralContainerStatuses = [] } = pod.status ?? {};
  return [...containerStatuses, ...initContainerStatuses, ...ephemeralContainerStatuses].some(
    ({ name, state }) => name === container && state?.running !== undefined,
  );
}

/**
 * Where a program for a workspace is started: in the pod that serves it, or, while none does, in the newest whose container runs: one that
 * never becomes ready is what a terminal is wanted for most. Throws `not_found` for the container, and `not_ready`.
 */
export function execPlace(
  workspace: Workspace,
  pods: readonly V1Pod[],
  asked: string | undefined,
): { pod: string; uid: string; container: string } {
  const id = workspace.metadata.name;
  const container = asked ?? containerName;
  const age = ({ metadata }: V1Pod): number => metadata?.creationTimestamp?.getTime() ?? 0;
  const staying = pods.filter(({ metadata }) => metadata?.deletionTimestamp === undefined);
  const chosen = chooseOwnPod(workspace, pods);
  const newest = staying.toSorted((one, other) => age(other) - age(one));
  const known = chosen ?? newest[0];
  const names = containersOf(known);
  if (known !== undefined && !names.includes(container)) {
    throw new GuildNetError('not_found', `The workspace ${id} has no container "${container.slice(0, 80)}".`, {
      remedy: `Name one of these: ${names.join(', ')}.`,
      details: { id, containers: names },
    });
  }
  const pod = chosen !== undefined && runs(chosen, container) ? chosen : newest.find((one) => runs(one, container));
  if (pod?.metadata?.name === undefined || pod.metadata.uid === undefined) throw notReady(workspace);
  return { pod: pod.metadata.name, uid: pod.metadata.uid, container };
}

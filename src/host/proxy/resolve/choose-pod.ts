import type { V1Pod } from '@kubernetes/client-node';
import { GuildNetError } from '#contract/errors.ts';
import { isStopped } from '#contract/run-mode.ts';
import type { Workspace } from '#contract/workspace.ts';
import { withoutSecrets } from '../../workspaces/hidden-values.ts';

function isReady(pod: V1Pod): boolean {
  return pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}

function hasStarted(pod: V1Pod): boolean {
  const containers = pod.status?.containerStatuses ?? [];
  return (
    pod.status?.phase === 'Running' && containers.length > 0 && containers.every(({ started }) => started === true)
  );
}

function isStaying({ metadata }: V1Pod): boolean {
  return metadata?.deletionTimestamp === undefined;
}

function newest(pods: readonly V1Pod[]): V1Pod | undefined {
  const age = (pod: V1Pod): number => pod.metadata?.creationTimestamp?.getTime() ?? 0;
  return pods.toSorted((a, b) => age(b) - age(a))[0];
}

/** The pod that serves a workspace now, out of those that are its own; undefined while there is none. */
export function chooseOwnPod(workspace: Workspace, pods: readonly V1Pod[]): V1Pod | undefined {
  if (isStopped(workspace.spec)) return undefined;
  const own = pods.filter(isStaying);
  const ready = newest(own.filter(isReady));
  if (ready !== undefined) return ready;
  // A workspace that was up and fails a probe under load still serves its open sessions: do not cut them off.
  return workspace.status?.phase === 'Running' ? newest(own.filter(hasStarted)) : undefined;
}

/** Why a workspace has no pod to go to, and what to do. */
export function notReady(workspace: Workspace): GuildNetError {
  const id = workspace.metadata.name;
  const written = workspace.status?.phase ?? 'Pending';
  // The wish counts, also while the status has yet to follow: a stop is undone by a start alone, and a start begins at once.
  const phase = written === 'Stopped' ? 'Pending' : written;
  const details = { id, phase };
  if (isStopped(workspace.spec)) {
    return new GuildNetError('not_ready', `The workspace ${id} is stopped.`, {
      remedy: 'Start it.',
      details: { id, phase: 'Stopped' },
    });
  }
  const failure = workspace.status?.lastError;
  if (failure !== undefined) {
    // It may quote what the program printed.
    return new GuildNetError('not_ready', withoutSecrets(workspace.spec.env)(failure.message), {
      ...(failure.remedy === undefined ? {} : { remedy: failure.remedy }),
      details: { ...details, reason: failure.reason },
    });
  }
  return new GuildNetError('not_ready', `The workspace ${id} is starting (${phase}).`, {
    remedy: 'Wait a moment; what it is doing is shown on its page.',
    details,
  });
}

/**
 * The pod to go to behind a Service, or one asked for by name or address. Throws `not_ready` when none is ready, and `forbidden`
 * for pods on their node's own network: a tunnel to one ends at the node's loopback, where the node's own programs listen.
 */
export function chooseServicePod(pods: readonly V1Pod[], what: string, { open }: { open: boolean }): V1Pod {
  const pod = newest(pods.filter((one) => isStaying(one) && isReady(one)));
  if (pod === undefined) {
    throw new GuildNetError('not_ready', `${what} has no pod that is ready.`, {
      remedy: 'Look at its pods with kubectl, and try again when one is ready.',
    });
  }
  if (pod.spec?.hostNetwork === true && !open) {
    throw new GuildNetError(
      'forbidden',
      `${what} is a pod on the network of its node, whose loopback a tunnel would reach.`,
      { remedy: 'Choose another target; PROXY_ALLOW_ANY_TARGET=true would allow it, and much else.' },
    );
  }
  return pod;
}

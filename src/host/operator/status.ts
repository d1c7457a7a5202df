import type { V1Deployment, V1Pod, V1Service } from '@kubernetes/client-node';
import type { Failure, Phase, Workspace, WorkspaceStatus } from '#contract/workspace.ts';
import { conditionsOf } from './conditions.ts';
import { containerPorts, proxyPort, schemeOf } from './desired/ports.ts';
import { explainFailure } from './failures/catalogue.ts';

/** What a Workspace's status is made from. */
export interface Observed {
  workspace: Workspace;
  deployment?: V1Deployment | undefined;
  service?: V1Service | undefined;
  /** The workspace's pods, in any order. */
  pods: readonly V1Pod[];
  /** What already failed on our side: an unusable spec, a name that is taken, a write that was refused. */
  failure?: Failure | undefined;
}

/** Where a workspace stands, in one word, and why if it does not run. */
export interface Standing {
  phase: Phase;
  failure?: Failure | undefined;
  pod?: V1Pod | undefined;
}

/**
 * The status that the workspace shall have. Pure but for `now`, which is used only for conditions that change: an
 * unchanged world gives an equal status, and nothing is written. The fields of others (lastActivity) are not in it.
 */
export function statusOf(observed: Observed, now: Date): WorkspaceStatus {
  const { workspace, service, pods } = observed;
  const { name, namespace, generation } = workspace.metadata;
  const standing = standingOf(observed);
  const dns = `${name}.${namespace}.svc.cluster.local`;
  const port = proxyPort(containerPorts(workspace.spec));
  const ip = service?.spec?.clusterIP;
  return {
    phase: standing.phase,
    // Counted here rather than read from the Deployment, which hears of it a round trip later.
    readyReplicas: staying(pods).filter(isReady).length,
    ...(service === undefined ? {} : { serviceDNS: dns }),
    ...(ip === undefined || ip === '' || ip === 'None' ? {} : { serviceIP: ip }),
    ...(service === undefined || port === undefined
      ? {}
      : { proxyTarget: `${schemeOf(port)}://${dns}:${port.containerPort}` }),
    ...(standing.pod?.metadata?.name === undefined ? {} : { podName: standing.pod.metadata.name }),
    ...(standing.failure === undefined ? {} : { lastError: standing.failure }),
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    conditions: conditionsOf(standing, workspace, now),
  };
}

/** The phase, by the first of these that holds; Kubernetes' own words are in the conditions. */
export function standingOf({ workspace, deployment, pods, failure }: Observed): Standing {
  const pod = currentPod(pods);
  if (workspace.metadata.deletionTimestamp !== undefined) return { phase: 'Terminating', pod };
  if (failure !== undefined) return { phase: 'Failed', failure, pod };
  if (workspace.spec.running === false) return { phase: 'Stopped', pod };
  if (isServing(deployment, pod)) return { phase: 'Running', pod };
  const found = explainFailure({ workspace, deployment, pod });
  if (found !== undefined) return { phase: 'Failed', failure: found, pod };
  return { phase: isScheduled(pod) ? 'Starting' : 'Pending', pod };
}

/** Ready, and ready with what is wanted now: while a change rolls out, the old pod's readiness is not the new one's. */
function isServing(deployment: V1Deployment | undefined, pod: V1Pod | undefined): boolean {
  const upToDate = (deployment?.status?.observedGeneration ?? 0) >= (deployment?.metadata?.generation ?? 0);
  return upToDate && isReady(pod);
}

function isReady(pod: V1Pod | undefined): boolean {
  return pod?.status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True') === true;
}

function isScheduled(pod: V1Pod | undefined): boolean {
  return pod?.status?.conditions?.some((one) => one.type === 'PodScheduled' && one.status === 'True') === true;
}

/** The newest pod that is not on its way out; of a restart's two, the one that counts. */
export function currentPod(pods: readonly V1Pod[]): V1Pod | undefined {
  const age = (pod: V1Pod): number => pod.metadata?.creationTimestamp?.getTime() ?? 0;
  return staying(pods).toSorted(
    (a, b) => age(b) - age(a) || (a.metadata?.name ?? '').localeCompare(b.metadata?.name ?? ''),
  )[0];
}

function staying(pods: readonly V1Pod[]): V1Pod[] {
  return pods.filter((pod) => pod.metadata?.deletionTimestamp === undefined);
}

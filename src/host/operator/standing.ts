import type { V1Deployment, V1Ingress, V1PersistentVolumeClaim, V1Pod, V1Service } from '@kubernetes/client-node';
import { isStopped } from '#contract/run-mode.ts';
import type { Failure, Phase, Workspace } from '#contract/workspace.ts';
import type { ObservedEvent } from '../kube/event-object.ts';
import { isLife } from './answers/answer.ts';
import type { Answer } from './answers/answer.ts';
import { explainFailure } from './failures/catalogue.ts';
import { explainExposure } from './failures/exposure.ts';
import type { ExposureEvidence } from './failures/exposure.ts';
import { podCondition } from './failures/pod-state.ts';
import type { Contested } from './settlement.ts';

/** What a Workspace's status is made from. */
export interface Observed {
  workspace: Workspace;
  deployment?: V1Deployment | undefined;
  service?: V1Service | undefined;
  ingress?: V1Ingress | undefined;
  /** The claim of its home. */
  claim?: V1PersistentVolumeClaim | undefined;
  /** The workspace's pods, in any order. */
  pods: readonly V1Pod[];
  /** What its program answers; `awaited` while it is asked for the first time, undefined where nothing is asked. */
  answer?: Answer | 'awaited' | undefined;
  /** Kubernetes' warnings about its pod and claim, the latest first. */
  events?: readonly ObservedEvent[] | undefined;
  /** What its Ingress names and the cluster does not have. */
  missing?: ExposureEvidence['missing'];
  /** Where it is reached from outside the cluster. */
  externalURL?: string | undefined;
  /** What already failed on our side: an unusable spec, a name that is taken, a write that was refused. */
  failure?: Failure | undefined;
  /** Something is amiss with it that does not keep it from running. */
  warning?: Failure | undefined;
  /** What its Secret holds: none of it may stand in the status. */
  secrets?: readonly string[] | undefined;
  /** What others make another again and again, and what is let be. */
  contested?: readonly Contested[] | undefined;
  /** What the host that leads would have otherwise in the pod, from its next start on. */
  kept?: readonly string[] | undefined;
}

/** Where a workspace stands, in one word, and why if it does not run, or not as it shall. */
export interface Standing {
  phase: Phase;
  failure?: Failure | undefined;
  pod?: V1Pod | undefined;
  /** Why it is not reached from outside. */
  exposure?: Failure | undefined;
  /** When the answer may be another although nothing happens: milliseconds since the epoch. */
  reviewAt?: number | undefined;
}

/**
 * The phase, by the first of these that holds; Kubernetes' own words are in the conditions. What keeps a workspace from
 * running is told at once, also while it may pass by itself: then the phase stays what it was before, Pending or Starting.
 */
export function standingOf(observed: Observed, now: Date): Standing {
  const { workspace, deployment, pods, claim, events, failure, warning, answer: heard } = observed;
  const [pod, ...formerPods] = byAge(staying(pods));
  if (workspace.metadata.deletionTimestamp !== undefined) return { phase: 'Terminating', pod };
  if (failure !== undefined) return { phase: 'Failed', failure, pod };
  if (isStopped(workspace.spec))
    return { phase: 'Stopped', pod, ...(warning === undefined ? {} : { failure: warning }) };
  const outside = explainExposure(observed);
  const told = outside !== undefined && outside.tellAt <= now.getTime();
  const exposed = { pod, ...(told ? { exposure: outside.failure } : {}) };
  const waits = outside === undefined || told ? undefined : outside.tellAt;
  const answer = heard === 'awaited' ? undefined : heard;
  const answers = heard === undefined || (answer !== undefined && isLife(answer));
  if (isServing(deployment, pod) && answers) {
    const amiss = (told ? outside.failure : undefined) ?? warning;
    return { phase: 'Running', ...exposed, failure: amiss, reviewAt: waits };
  }
  const explained = explainFailure({ workspace, deployment, pod, formerPods, claim, events, answer }, now);
  const phase = explained.failed ? 'Failed' : isScheduled(pod) ? 'Starting' : 'Pending';
  return { phase, ...exposed, failure: explained.failure ?? warning, reviewAt: earlier(explained.reviewAt, waits) };
}

/** Ready, and ready with what is wanted now: while a change rolls out, the old pod's readiness is not the new one's. */
function isServing(deployment: V1Deployment | undefined, pod: V1Pod | undefined): boolean {
  const upToDate = (deployment?.status?.observedGeneration ?? 0) >= (deployment?.metadata?.generation ?? 0);
  return upToDate && isReady(pod);
}

export function isReady(pod: V1Pod | undefined): boolean {
  return podCondition(pod, 'Ready')?.status === 'True';
}

function isScheduled(pod: V1Pod | undefined): boolean {
  return podCondition(pod, 'PodScheduled')?.status === 'True';
}

/** The newest pod that is not on its way out; of a restart's two, the one that counts. */
export function currentPod(pods: readonly V1Pod[]): V1Pod | undefined {
  return byAge(staying(pods))[0];
}

function byAge(pods: readonly V1Pod[]): V1Pod[] {
  const age = (pod: V1Pod): number => pod.metadata?.creationTimestamp?.getTime() ?? 0;
  return pods.toSorted((a, b) => age(b) - age(a) || (a.metadata?.name ?? '').localeCompare(b.metadata?.name ?? ''));
}

export function staying(pods: readonly V1Pod[]): V1Pod[] {
  return pods.filter((pod) => pod.metadata?.deletionTimestamp === undefined);
}

function earlier(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined) return b;
  return b === undefined ? a : Math.min(a, b);
}

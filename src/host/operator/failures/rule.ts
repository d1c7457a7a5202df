import type { V1ContainerStatus, V1Deployment, V1Pod } from '@kubernetes/client-node';
import type { Failure, Workspace } from '#contract/workspace.ts';

/** What there is to see of a workspace that does not run. */
export interface Evidence {
  workspace: Workspace;
  deployment?: V1Deployment | undefined;
  /** The newest pod that is not being deleted. */
  pod?: V1Pod | undefined;
}

/** One way to fail: how it is recognised, what happened in words, and what to do. `recognise` hands its facts to the words. */
export interface FailureRule<Facts> {
  reason: string;
  recognise: (evidence: Evidence) => Facts | undefined;
  message: (facts: Facts) => string;
  remedy: string | ((facts: Facts) => string);
}

/** A rule as the catalogue holds it: the failure it finds, or undefined. */
export interface Explanation {
  reason: string;
  explain: (evidence: Evidence) => Failure | undefined;
}

export function rule<Facts>({ reason, recognise, message, remedy }: FailureRule<Facts>): Explanation {
  return {
    reason,
    explain: (evidence) => {
      const facts = recognise(evidence);
      if (facts === undefined) return undefined;
      return { reason, message: message(facts), remedy: typeof remedy === 'string' ? remedy : remedy(facts) };
    },
  };
}

/** The pod's containers, those that run before the others first. */
export function containerStatuses(pod: V1Pod | undefined): readonly V1ContainerStatus[] {
  return [...(pod?.status?.initContainerStatuses ?? []), ...(pod?.status?.containerStatuses ?? [])];
}

/** The first container that waits for one of these reasons, with the kubelet's message. */
export function waitingFor(
  pod: V1Pod | undefined,
  reasons: readonly string[],
): { reason: string; message: string; image: string } | undefined {
  for (const status of containerStatuses(pod)) {
    const waiting = status.state?.waiting;
    if (waiting?.reason !== undefined && reasons.includes(waiting.reason)) {
      return { reason: waiting.reason, message: waiting.message ?? '', image: status.image };
    }
  }
  return undefined;
}

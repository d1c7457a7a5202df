import type { V1Deployment, V1PersistentVolumeClaim, V1Pod } from '@kubernetes/client-node';
import type { Failure, Workspace } from '#contract/workspace.ts';
import type { ObservedEvent } from '../../kube/event-object.ts';
import type { Answer } from '../answers/answer.ts';

/** What there is to see of a workspace that does not run. */
export interface Evidence {
  workspace: Workspace;
  deployment?: V1Deployment | undefined;
  /** The newest pod that is not being deleted. */
  pod?: V1Pod | undefined;
  /** Earlier pods of the workspace that are still there, newest first. */
  formerPods?: readonly V1Pod[] | undefined;
  /** What its program answers, where its port is open and it was asked. */
  answer?: Answer | undefined;
  /** The claim of the home, when it has one. */
  claim?: V1PersistentVolumeClaim | undefined;
  /** Kubernetes' warnings about the pod and the claim, the latest first. */
  events?: readonly ObservedEvent[] | undefined;
}

/** What the catalogue, and the guide that is made from it, say about one way to fail. */
export interface FailureEntry {
  /** Machine reason, CamelCase: it is the reason of conditions, events and `lastError`. */
  reason: string;
  /** What it means, a sentence for the guide. */
  means: string;
  /** What to do about it, one sentence. `<id>` in it stands for the workspace, so that what is shown can be copied as a command. */
  remedy: string;
  /** Why no test causes it on the local cluster; it is held by a table test of Kubernetes' own words then. */
  unprovoked?: string;
}

/** When a failure is worth saying, and when it is more than a wait: milliseconds since the epoch, 0 for at once. */
export interface Patience {
  tellAt?: number;
  failAt?: number;
}

/** One way to fail, as it is written down. `recognise` hands its facts to the words. */
export interface FailureRule<Facts> extends FailureEntry {
  recognise: (evidence: Evidence) => Facts | undefined;
  message: (facts: Facts) => string;
  /** Without it, the failure is final at once (until the cluster shows something else). */
  patience?: (facts: Facts, evidence: Evidence) => Patience;
}

export interface Finding extends Required<Patience> {
  failure: Failure;
}

/** A rule as the catalogue holds it. */
export interface Explanation extends FailureEntry {
  explain: (evidence: Evidence) => Finding | undefined;
}

export function rule<Facts>({ recognise, message, patience, ...entry }: FailureRule<Facts>): Explanation {
  const { reason, remedy } = entry;
  return {
    ...entry,
    explain: (evidence) => {
      const facts = recognise(evidence);
      if (facts === undefined) return undefined;
      const { tellAt = 0, failAt = 0 } = patience?.(facts, evidence) ?? {};
      const shown = remedy.replaceAll('<id>', evidence.workspace.metadata.name);
      return { failure: { reason, message: message(facts), remedy: shown }, tellAt, failAt };
    },
  };
}

/** Patience counted from a moment; without a moment there is none. */
export function patienceFrom(
  since: Date | string | number | undefined,
  { tellMs = 0, failMs }: { tellMs?: number; failMs: number },
): Patience {
  if (since === undefined) return {};
  const start = typeof since === 'number' ? since : new Date(since).getTime();
  return { tellAt: start + tellMs, failAt: start + failMs };
}

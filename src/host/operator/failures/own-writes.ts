import type { GuildNetError } from '#contract/errors.ts';
import type { Failure } from '#contract/workspace.ts';
import type { FailureEntry } from './rule.ts';

/** What is passing by itself: nothing is said about the workspace, the write is only tried again. */
const passing = new Set([
  'cluster_offline',
  'cluster_unauthorized',
  'conflict',
  'timeout',
  'internal',
  'upstream_failed',
]);

interface RefusalRule extends FailureEntry {
  recognise: (error: GuildNetError) => boolean;
}

const said = (error: GuildNetError, pattern: RegExp): boolean => pattern.test(error.message);

/** The API server refuses what we write for a workspace. Its words, with cause and remedy, are already in the error. */
const refusals: readonly RefusalRule[] = [
  {
    reason: 'RbacDenied',
    means: 'The account that GuildNet uses in the cluster is not allowed what a workspace needs.',
    remedy:
      'Have an administrator grant the rule that the message names; `guildnet rbac` prints all that GuildNet needs.',
    recognise: (error) => error.details['rule'] !== undefined,
  },
  {
    reason: 'QuotaExceeded',
    means: 'The namespace’s ResourceQuota does not allow another pod, or not one of this size.',
    remedy: 'Stop or delete workspaces, ask for less in spec.resources, or have the quota raised.',
    recognise: (error) => error.code === 'quota_exceeded',
  },
  {
    reason: 'NamespaceMissing',
    means: 'The namespace of the workspaces is not there, or is being deleted.',
    remedy: 'Create the namespace: kubectl create namespace.',
    unprovoked: 'Workspaces go with their namespace, so that there is a moment for it at most',
    recognise: (error) => error.code === 'not_found' || said(error, /because it is being terminated/),
  },
  {
    reason: 'AdmissionDenied',
    means: 'An admission webhook or a ValidatingAdmissionPolicy of the cluster does not want the pod.',
    remedy: 'Change what it objects to, or ask the cluster’s administrator.',
    recognise: (error) => said(error, /admission webhook|ValidatingAdmissionPolicy|denied (?:the )?request/),
  },
  {
    reason: 'Forbidden',
    means: 'The cluster forbids what a workspace needs, for a reason that GuildNet does not know.',
    remedy: 'Change what it objects to, or ask the cluster’s administrator.',
    unprovoked: 'it is for refusals that are not known yet',
    recognise: (error) => error.code === 'forbidden',
  },
  {
    reason: 'InvalidSpec',
    means: 'The workspace’s spec cannot be used; an older CRD let it pass.',
    remedy:
      'Correct the named fields (guildnet edit <id>, or kubectl edit workspace <id> where GuildNet cannot read the spec).',
    recognise: (error) => error.code === 'invalid_spec',
  },
  {
    reason: 'WriteRefused',
    means: 'The API server refuses what GuildNet makes for the workspace, for a reason that GuildNet does not know.',
    remedy: 'Read the message; the host’s log has more.',
    unprovoked: 'it is for refusals that are not known yet',
    recognise: () => true,
  },
];

const nameTakenEntry: FailureEntry = {
  reason: 'NameTaken',
  means: 'An object that is not GuildNet’s has the name that one of the workspace’s must have; it is left alone.',
  remedy: 'Launch the workspace under another name, or delete the object in its way.',
};

export const refusalFailures: readonly FailureEntry[] = [nameTakenEntry, ...refusals];

/** Our own write was refused: the failure to show, or undefined when the error is passing and says nothing about the workspace. */
export function writeFailure(error: GuildNetError): Failure | undefined {
  if (passing.has(error.code)) return undefined;
  const found = refusals.find((one) => one.recognise(error));
  if (found === undefined) return undefined;
  return { reason: found.reason, message: error.message, remedy: error.remedy ?? found.remedy };
}

/** An object that is not ours has the name that ours must have. It is never taken over. */
export function nameTaken(kind: string, name: string): Failure {
  return {
    reason: nameTakenEntry.reason,
    message: `There is already a ${kind} named "${name}" in the namespace, which does not belong to this workspace; it is left alone.`,
    remedy: `Launch the workspace under another name, or delete the ${kind}: kubectl delete ${kind.toLowerCase()} ${name}`,
  };
}

/** The spec slipped past an older CRD and cannot be used. */
export function invalidSpec(problem: string): Failure {
  return {
    reason: 'InvalidSpec',
    message: `The workspace's spec cannot be used: ${problem}`,
    remedy:
      'Correct the named fields (guildnet edit <id>, or kubectl edit workspace <id> where GuildNet cannot read the spec).',
  };
}

import type { Failure } from '#contract/workspace.ts';
import type { FailureEntry } from '../failures/rule.ts';

const beingDeleted: FailureEntry = {
  reason: 'HomeBeingDeleted',
  means: 'Somebody deleted the claim of a running workspace’s home. Its files go when the workspace stops.',
  remedy: 'Copy the files elsewhere before you stop the workspace; its next start makes a new, empty home.',
};

const cannotGrowEntry: FailureEntry = {
  reason: 'HomeCannotGrow',
  means:
    'The home shall be larger and cannot be: its storage class, or the cluster, does not allow it. It is used as it is.',
  remedy: 'Set spec.home.size back to what it was, or launch another workspace with a larger home and copy the files.',
};

const formerGoing: FailureEntry = {
  reason: 'FormerHomeGoing',
  means:
    'The home that an earlier workspace of this name left is being deleted; this one gets a new, empty home when it is gone.',
  remedy: 'Wait; if it does not go, look at what still uses the claim: kubectl describe pvc.',
};

/** Told as they are, without more waiting. All but the last are told beside a workspace that runs. */
export const homeFailures: readonly FailureEntry[] = [beingDeleted, cannotGrowEntry, formerGoing];

/** The claim of that name is not a home of ours. */
export function claimTaken(claim: string): Failure {
  return {
    reason: 'NameTaken',
    message: `There is already a PersistentVolumeClaim "${claim}" in the namespace, which is not a home that GuildNet made; it is left alone.`,
    remedy: `Launch the workspace under another name, or without a home, or rename that claim.`,
  };
}

/** The claim was deleted by hand; Kubernetes keeps it for as long as a pod uses it. */
export function homeDoomed(claim: string): Failure {
  return {
    reason: beingDeleted.reason,
    message: `Somebody deleted the PersistentVolumeClaim "${claim}". Kubernetes keeps it while the workspace runs, and deletes it with all files when it stops.`,
    remedy: beingDeleted.remedy,
  };
}

/** The claim is going and belongs to an earlier Workspace of the name. */
export function formerHomeGoing(claim: string): Failure {
  return {
    reason: formerGoing.reason,
    message: `The PersistentVolumeClaim "${claim}" of an earlier workspace of this name is being deleted; a new home is made when it is gone.`,
    remedy: formerGoing.remedy,
  };
}

/** The home shall be larger and cannot be; it goes on with the size that it has. */
export function cannotGrow(from: string, to: string, why: string, remedy: string): Failure {
  return {
    reason: cannotGrowEntry.reason,
    message: `The home cannot grow from ${from} to ${to}: ${why}. It is used with the size that it has.`,
    remedy,
  };
}

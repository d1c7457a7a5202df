import type { Failure } from '#contract/workspace.ts';

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
    reason: 'HomeBeingDeleted',
    message: `Somebody deleted the PersistentVolumeClaim "${claim}". Kubernetes keeps it while the workspace runs, and deletes it with all files when it stops.`,
    remedy: 'Copy the files elsewhere before you stop the workspace; its next start makes a new, empty home.',
  };
}

/** The home shall be larger and cannot be; it goes on with the size that it has. */
export function cannotGrow(from: string, to: string, why: string, remedy: string): Failure {
  return {
    reason: 'HomeCannotGrow',
    message: `The home cannot grow from ${from} to ${to}: ${why}. It is used with the size that it has.`,
    remedy,
  };
}

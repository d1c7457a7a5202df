import type { GuildNetError } from '#contract/errors.ts';
import type { Failure } from '#contract/workspace.ts';

/** What is passing by itself: nothing is said about the workspace, the write is only tried again. */
const passing = new Set([
  'cluster_offline',
  'cluster_unauthorized',
  'conflict',
  'timeout',
  'internal',
  'upstream_failed',
]);

const reasons: Readonly<Record<string, string>> = {
  quota_exceeded: 'QuotaExceeded',
  forbidden: 'Forbidden',
  invalid_spec: 'InvalidSpec',
  not_found: 'NamespaceMissing',
};

/** Our own write was refused: the failure to show, or undefined when the error is passing and says nothing about the workspace. */
export function writeFailure(error: GuildNetError): Failure | undefined {
  if (passing.has(error.code)) return undefined;
  return {
    reason: reasons[error.code] ?? 'WriteRefused',
    message: error.message,
    ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
  };
}

/** An object that is not ours has the name that ours must have. It is never taken over. */
export function nameTaken(kind: string, name: string): Failure {
  return {
    reason: 'NameTaken',
    message: `There is already a ${kind} named "${name}" in the namespace, which does not belong to this workspace; it is left alone.`,
    remedy: `Launch the workspace under another name, or delete the ${kind}: kubectl delete ${kind.toLowerCase()} ${name}`,
  };
}

/** The spec slipped past an older CRD and cannot be used. */
export function invalidSpec(problem: string): Failure {
  return {
    reason: 'InvalidSpec',
    message: `The workspace's spec cannot be used: ${problem}`,
    remedy: 'Correct the named fields: kubectl edit workspace.',
  };
}

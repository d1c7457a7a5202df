import { runModes, wishOf } from '#contract/run-mode.ts';
import type { Failure, WorkspaceSpec } from '#contract/workspace.ts';
import type { FailureEntry } from './rule.ts';

const entry: FailureEntry = {
  reason: 'UnknownMode',
  means:
    'The value of spec.mode is one that this version of GuildNet does not know; a newer one let it pass. The workspace is left as it is, running or not.',
  remedy: `Update this host, or set spec.mode to ${runModes.join(' or ')}.`,
};

/** Told beside a workspace that may well run. */
export const modeFailures: readonly FailureEntry[] = [entry];

/** What to say of a Workspace whose `spec.mode` is of a newer version; undefined for all others. */
export function unknownMode(spec: WorkspaceSpec): Failure | undefined {
  if (wishOf(spec) !== 'unknown') return undefined;
  return {
    reason: entry.reason,
    message: `spec.mode is "${spec.mode ?? ''}", which this version of GuildNet does not know; the workspace is left as it is.`,
    remedy: entry.remedy,
  };
}

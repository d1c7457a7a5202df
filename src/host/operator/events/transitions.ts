import type { Failure, WorkspaceStatus } from '#contract/workspace.ts';

/** Something that happened to a Workspace and that its user would want to read in `kubectl describe`. */
export interface Happening {
  type: 'Normal' | 'Warning';
  reason: string;
  note: string;
}

/** What a person changed by hand, and was changed back. */
export interface Correction {
  kind: string;
  /** The first field that differed; never its value. */
  path: string;
}

/** What there is to tell when a status becomes another. Equal statuses tell nothing: a steady state is silent. */
export function happenings(before: WorkspaceStatus | undefined, after: WorkspaceStatus): Happening[] {
  const { lastError, phase } = after;
  const told: Happening[] = [];
  if (lastError !== undefined && lastError.reason !== before?.lastError?.reason) told.push(warning(lastError));
  if (phase === before?.phase) return told;
  if (phase === 'Running')
    told.push({ type: 'Normal', reason: 'Running', note: `The workspace answers${placeOf(after)}.` });
  // A workspace that is made as a stopped one has not been stopped.
  if (phase === 'Stopped' && before?.phase !== undefined)
    told.push({
      type: 'Normal',
      reason: 'Stopped',
      note: 'The workspace was stopped; its home and settings are kept.',
    });
  return told;
}

export function corrected({ kind, path }: Correction): Happening {
  return {
    type: 'Normal',
    reason: 'Corrected',
    note: `${kind} was changed by somebody else at ${path}, and has been put right. Change the Workspace instead.`,
  };
}

function warning({ reason, message, remedy }: Failure): Happening {
  return { type: 'Warning', reason, note: remedy === undefined ? message : `${message} ${remedy}` };
}

function placeOf({ nodeName }: WorkspaceStatus): string {
  return nodeName === undefined ? '' : ` on node ${nodeName}`;
}

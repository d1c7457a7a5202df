import type { Failure, WorkspaceStatus } from '#contract/workspace.ts';
import type { Contested } from '../settlement.ts';

/** Something that happened to a Workspace and that its user would want to read in `kubectl describe`. */
export interface Happening {
  type: 'Normal' | 'Warning';
  reason: string;
  note: string;
}

/** What there is to tell when a status becomes another. Equal statuses tell nothing: a steady state is silent. */
export function happenings(before: WorkspaceStatus | undefined, after: WorkspaceStatus): Happening[] {
  const { lastError, phase } = after;
  const told: Happening[] = [];
  if (lastError !== undefined && lastError.reason !== before?.lastError?.reason) told.push(warning(lastError));
  told.push(...letBe(before, after));
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

/** What somebody changed by hand was changed back. */
export function corrected({ kind, path, by }: Contested): Happening {
  const author = typeof by === 'string' ? 'somebody else' : `"${by.manager}"`;
  return {
    type: 'Normal',
    reason: 'Corrected',
    note: `${kind} was changed by ${author} at ${path}, and has been put right. Change the Workspace instead.`,
  };
}

/** That something is not as it shall be and is let be all the same, once for each time that it begins or becomes another. */
function letBe(before: WorkspaceStatus | undefined, after: WorkspaceStatus): Happening[] {
  return (after.conditions ?? []).flatMap(({ type, reason, message }) => {
    if (type !== 'AsSpecified' && type !== 'UpToDate') return [];
    if (before?.conditions?.some((one) => one.type === type && one.message === message) === true) return [];
    return [{ type: type === 'AsSpecified' ? ('Warning' as const) : ('Normal' as const), reason, note: message }];
  });
}

function warning({ reason, message, remedy }: Failure): Happening {
  return { type: 'Warning', reason, note: remedy === undefined ? message : `${message} ${remedy}` };
}

function placeOf({ nodeName }: WorkspaceStatus): string {
  return nodeName === undefined ? '' : ` on node ${nodeName}`;
}

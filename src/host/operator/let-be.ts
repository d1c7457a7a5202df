import { madeForMark } from './desired/pod-marks.ts';
import { waitsForNextStart } from './keeps-pod.ts';
import type { Judgement } from './judgements.ts';
import type { Contested } from './settlement.ts';
import type { Observed, Standing } from './standing.ts';

/** Longer lists tell nobody more. */
const mostNamed = 5;

/** Said only while somebody makes another what the Workspace asks for: who, and what. */
export function asSpecified({ contested = [] }: Pick<Observed, 'contested'>): Judgement | undefined {
  if (contested.length === 0) return undefined;
  const isAdmission = contested.every(({ by }) => by === 'admission');
  const authors = [...new Set(contested.map(authorOf))];
  const fields = contested.map(({ kind, path }) => `${kind} ${path}`);
  return {
    type: 'AsSpecified',
    status: 'False',
    reason: isAdmission ? 'ChangedByAdmission' : 'ChangedByOthers',
    message: `${authors.join(' and ')} makes another what the workspace asks for, and makes it again where it is put right: ${listed(fields)}. It is let be. Ask whoever runs that to leave it alone, or ask for what it wants in the Workspace.`,
  };
}

/** Said only while the host that leads would have another pod than the one that it found. */
export function upToDate(
  { kept, workspace, deployment }: Pick<Observed, 'kept'> & Partial<Pick<Observed, 'workspace' | 'deployment'>>,
  { phase }: Pick<Standing, 'phase'>,
): Judgement | undefined {
  if (kept === undefined || phase === 'Stopped') return undefined;
  const fields = kept.length === 0 ? 'fields that are no longer set' : listed(kept);
  const isAsked = workspace !== undefined && waitsForNextStart(workspace, madeForMark(workspace), deployment);
  const why = isAsked
    ? 'The pod is from before the workspace was changed'
    : 'The pod was made by a host with other settings or of another version';
  return {
    type: 'UpToDate',
    status: 'False',
    reason: 'FromNextStart',
    message: `${why}, and is left running; from its next start on these are another: ${fields}. To have that now: guildnet restart.`,
  };
}

/** Who makes a field another, as people are told. */
export function authorOf({ by }: Pick<Contested, 'by'>): string {
  if (by === 'admission') return "The cluster's admission (a webhook or a policy)";
  return by === 'unknown' ? 'Somebody' : `The field manager "${by.manager}"`;
}

function listed(fields: readonly string[]): string {
  const more = fields.length - mostNamed;
  return `${fields.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

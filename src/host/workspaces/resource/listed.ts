import type { V1Deployment } from '@kubernetes/client-node';
import { GuildNetError } from '#contract/errors.ts';
import type { WorkspacePage, WorkspaceQuery, WorkspaceResource } from '#contract/workspace-resource.ts';
import { phases } from '#contract/workspace.ts';
import type { Workspace } from '#contract/workspace.ts';
import { phaseOf, statuses } from '../server-view.ts';
import { parseLabelSelector } from './label-selector.ts';
import { pageOf } from './page.ts';
import type { Place } from './page.ts';

const onePage = 100;

export interface Listing {
  deployment(id: string): V1Deployment | undefined;
  place(workspace: Workspace): Place;
  shown(workspace: Workspace): WorkspaceResource;
}

/** A workspace that a query asks for, where it stands in the list, and how it is shown. */
export interface Fitting {
  place: Place;
  shown(): WorkspaceResource;
}

/** The workspaces that a query asks for, in no order. Throws `bad_request` naming the field that says nothing. */
export function fittingOf(
  workspaces: readonly Workspace[],
  { labels = '', status = '' }: WorkspaceQuery,
  { deployment, place, shown }: Listing,
): Fitting[] {
  const selects = parseLabelSelector(labels);
  const wanted = wantedStatuses(status);
  const fitting = workspaces.filter((workspace) => {
    if (!selects(workspace.metadata.labels ?? {})) return false;
    if (wanted === undefined) return true;
    const phase = phaseOf(workspace, deployment(workspace.metadata.name));
    return wanted.has(phase) || wanted.has(statuses[phase]);
  });
  return fitting.map((workspace) => ({ place: place(workspace), shown: () => shown(workspace) }));
}

/** One page of them, newest first. */
export function pageOfFitting(
  fitting: readonly Fitting[],
  { limit = onePage, cursor }: Pick<WorkspaceQuery, 'limit' | 'cursor'>,
): WorkspacePage {
  const sorted = fitting.toSorted((one, other) => newestFirst(one.place, other.place));
  const page = pageOf(sorted, { place: (one) => one.place, limit, cursor });
  return { ...page, items: page.items.map((one) => one.shown()) };
}

const known: readonly string[] = [...phases, ...new Set(Object.values(statuses))];

function wantedStatuses(text: string): ReadonlySet<string> | undefined {
  if (text.trim() === '') return undefined;
  const wanted = text.split(',').map((one) => one.trim());
  const strange = wanted.find((one) => !known.includes(one));
  if (strange === undefined) return new Set(wanted);
  throw new GuildNetError('bad_request', `"${strange.slice(0, 80)}" is no state of a workspace.`, {
    remedy: `Write one or more of ${known.join(', ')}.`,
    details: { field: 'status' },
  });
}

/** The order of all lists of workspaces. */
export function newestFirst(one: Place, other: Place): number {
  if (one.created !== other.created) return one.created > other.created ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}

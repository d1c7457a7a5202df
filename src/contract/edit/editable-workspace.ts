import { parseDocument, stringify } from 'yaml';
import { workspacePatchSchema } from '../workspace-patch.ts';
import type { WorkspacePatch } from '../workspace-patch.ts';
import type { WorkspaceResource } from '../workspace-resource.ts';
import { mergePatchBetween, pathsOf } from './merge-patch-between.ts';

/*
 * A workspace as people edit it, in an editor or on its page: a YAML text of what a patch can change, and the patch that comes of it.
 */
export interface Editable extends Record<string, unknown> {
  labels: Record<string, unknown>;
  spec: Record<string, unknown>;
}

/** Something that is wrong in a text, and between which characters. The field is empty where it is the text as a whole. */
export interface WrongPlace {
  field: string;
  message: string;
  from: number;
  to: number;
}

export type Edited =
  | { kind: 'unchanged' }
  | { kind: 'patch'; patch: WorkspacePatch }
  | { kind: 'wrong'; problem: string; places: WrongPlace[] };

/** A text larger than this is none that a person has written; the API takes no larger body either. */
const largestText = 1024 * 1024;
const mostPlaces = 8;

/** The fields of a spec that a patch can change. */
export const patchedFields: ReadonlySet<string> = new Set(Object.keys(workspacePatchSchema.shape.spec.unwrap().shape));

/** Of a workspace what a patch can change. */
export function editableOf({ labels, spec }: Pick<WorkspaceResource, 'labels' | 'spec'>): Editable {
  return { labels, spec: Object.fromEntries(Object.entries(spec).filter(([key]) => patchedFields.has(key))) };
}

export function bodyOf(workspace: Pick<WorkspaceResource, 'labels' | 'spec'>): string {
  return stringify(editableOf(workspace));
}

/** What became of the text: nothing to do, a patch, or why it is none, each field by its name and place. Pure. */
export function patchOf(before: Editable, body: string): Edited {
  const whole = (problem: string): Edited => wrong([{ field: '', message: problem, from: 0, to: body.length }]);
  if (body.length > largestText) return whole('It is larger than 1 MiB.');
  let document: ReturnType<typeof parseDocument>;
  let after: unknown;
  try {
    document = parseDocument(body);
    after = document.errors.length > 0 ? undefined : document.toJS();
  } catch (error) {
    // Nested deeper than any stack, or aliases that unfold to more than the library allows.
    return whole(`It is no YAML: ${error instanceof Error ? error.message : 'unreadable'}`);
  }
  if (document.errors.length > 0)
    return wrong(
      document.errors
        .slice(0, mostPlaces)
        .map(({ message, pos: [from, to] }) => ({ field: '', message: `It is no YAML: ${message}`, from, to })),
    );
  if (after === null || after === undefined) return { kind: 'unchanged' };
  if (typeof after !== 'object' || Array.isArray(after)) return whole('It is not an object with labels and spec.');
  // A part that was taken out as a whole would take everything in it away, which nobody means.
  const missing = ['labels', 'spec'].filter((part) => !(part in after));
  if (missing.length > 0) return whole(`It lacks ${missing.join(' and ')}.`);
  const { labels, spec } = after as Partial<Editable>;
  const patch = mergePatchBetween(before, { ...after, labels: labels ?? {}, spec: spec ?? {} });
  if (patch === undefined) return { kind: 'unchanged' };
  const parsed = workspacePatchSchema.safeParse(patch);
  if (parsed.success) return { kind: 'patch', patch: parsed.data };
  return wrong(
    parsed.error.issues.slice(0, mostPlaces).map(({ path, message }) => ({
      field: path.map(String).join('.'),
      message,
      ...placeOf(document, path, body.length),
    })),
  );
}

/** The fields of a patch that somebody else has changed as well, between how it was read and how it is now. Pure. */
export function changedByBoth(
  before: Pick<WorkspaceResource, 'labels' | 'spec'>,
  now: Pick<WorkspaceResource, 'labels' | 'spec'>,
  patch: WorkspacePatch,
): string[] {
  const theirs = new Set(pathsOf(mergePatchBetween(editableOf(before), editableOf(now)) ?? {}));
  return pathsOf(patch).filter((path) => theirs.has(path));
}

function wrong(places: WrongPlace[]): Edited {
  const problem = places.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`)).join('\n');
  return { kind: 'wrong', problem, places };
}

/** Where the value of a field stands, or that of what it is in: what is wrong may be that it is missing. */
function placeOf(
  document: ReturnType<typeof parseDocument>,
  path: readonly PropertyKey[],
  length: number,
): { from: number; to: number } {
  for (let known = path.length; known > 0; known -= 1) {
    const node: unknown = document.getIn(path.slice(0, known), true);
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) {
      const [from, to] = node.range as unknown[];
      if (typeof from === 'number' && typeof to === 'number') return { from, to };
    }
  }
  return { from: 0, to: length };
}

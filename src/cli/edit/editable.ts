import { parse, stringify } from 'yaml';
import { workspacePatchSchema } from '#contract/workspace-patch.ts';
import type { WorkspacePatch } from '#contract/workspace-patch.ts';
import type { WorkspaceResource } from '#contract/workspace-resource.ts';
import { mergePatchBetween } from './merge-patch-between.ts';

export interface Editable extends Record<string, unknown> {
  labels: Record<string, unknown>;
  spec: Record<string, unknown>;
}

const patchedFields: ReadonlySet<string> = new Set(Object.keys(workspacePatchSchema.shape.spec.unwrap().shape));

/** Of a workspace what a patch can change. */
export function editableOf({ labels, spec }: Pick<WorkspaceResource, 'labels' | 'spec'>): Editable {
  return { labels, spec: Object.fromEntries(Object.entries(spec).filter(([key]) => patchedFields.has(key))) };
}

/** What has to be known of it. */
export function notesOf({ id, spec: { env_hidden: hidden } }: Pick<WorkspaceResource, 'id' | 'spec'>): string[] {
  return [
    `The workspace ${id}. Save and leave to change it; leave it as it is, or empty, to change nothing.`,
    ...(hidden.length === 0 ? [] : [`Variables that are not shown, and stay: ${hidden.join(', ')}.`]),
    'What needs a restart counts from the next start on, unless --restart was given.',
  ];
}

export function bodyOf(workspace: WorkspaceResource): string {
  return stringify(editableOf(workspace));
}

/** What became of the text: nothing to do, a patch, or why it is none, each field by its name. Pure. */
export function patchOf(
  before: Editable,
  body: string,
): { kind: 'unchanged' } | { kind: 'patch'; patch: WorkspacePatch } | { kind: 'wrong'; problem: string } {
  let after: unknown;
  try {
    after = parse(body);
  } catch (error) {
    return { kind: 'wrong', problem: `It is no YAML: ${error instanceof Error ? error.message : 'unreadable'}` };
  }
  if (after === null || after === undefined) return { kind: 'unchanged' };
  if (typeof after !== 'object' || Array.isArray(after))
    return { kind: 'wrong', problem: 'It is not an object with labels and spec.' };
  // A part that was taken out as a whole would take everything in it away, which nobody means.
  const missing = ['labels', 'spec'].filter((part) => !(part in after));
  if (missing.length > 0) return { kind: 'wrong', problem: `It lacks ${missing.join(' and ')}.` };
  const { labels, spec } = after as Partial<Editable>;
  const patch = mergePatchBetween(before, { ...after, labels: labels ?? {}, spec: spec ?? {} });
  if (patch === undefined) return { kind: 'unchanged' };
  const parsed = workspacePatchSchema.safeParse(patch);
  if (parsed.success) return { kind: 'patch', patch: parsed.data };
  const issues = parsed.error.issues.slice(0, 8);
  return {
    kind: 'wrong',
    problem: issues.map(({ path, message }) => `${path.map(String).join('.') || 'text'}: ${message}`).join('\n'),
  };
}

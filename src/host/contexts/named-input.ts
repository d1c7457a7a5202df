import { idOf } from '../permission/call-guard.ts';
import { needOf } from '../permission/call-needs.ts';

/** The calls that make something new, and may say in which context. */
const launches: ReadonlySet<string> = new Set(['workspaces.create', 'resources.create', 'resources.plan']);

export function isLaunch(path: readonly string[]): boolean {
  return launches.has(path.join('.'));
}

/** The workspace or home that a call is about, as its input names it. */
export function namedIn(path: readonly string[], input: unknown): string | undefined {
  return idOf({ path, input });
}

/** The input of a call about a workspace, with another name for it where its handler reads it. Pure. */
export function withName(path: readonly string[], input: unknown, name: string): Record<string, unknown> {
  const need = needOf(path);
  const field = need.kind === 'workspace' ? (need.names ?? 'id') : 'id';
  const fields = fieldsOf(input);
  return field in fields
    ? { ...fields, [field]: name }
    : { ...fields, params: { ...fieldsOf(fields['params']), [field]: name } };
}

export function fieldsOf(input: unknown): Record<string, unknown> {
  return typeof input === 'object' && input !== null ? { ...input } : {};
}

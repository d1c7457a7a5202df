import { z } from 'zod';
import { cutText, longest, openObject } from '#contract/bounded.ts';
import { objectMetaSchema, workspaceSchema, workspaceStatusSchema } from '#contract/workspace.ts';
import type { Workspace } from '#contract/workspace.ts';

/** A Workspace of the cluster. One whose spec slipped past an older CRD keeps its name and says what is wrong with it. */
export interface ObservedWorkspace extends Workspace {
  /** Why the spec cannot be used; `spec` then holds no more than an image. */
  specProblem?: string;
}

const shellSchema = openObject({
  metadata: objectMetaSchema,
  spec: z.unknown().optional(),
  status: z.unknown().optional(),
});

/**
 * Reads a Workspace as the API server sent it. Env entries without a name are dropped first: an older CRD without a
 * schema for them pruned them to `{}` (specification, "Operator Defaults & Hardening": blank entries are sanitised).
 */
export function parseWorkspace(object: unknown): { value: ObservedWorkspace } | { problem: string } {
  const shell = shellSchema.safeParse(object);
  if (!shell.success) return { problem: describe(shell.error) };
  const { managedFields: _managedFields, ...metadata } = shell.data.metadata;
  const candidate = { ...shell.data, metadata, spec: withoutBlankEnv(shell.data.spec) };
  const parsed = workspaceSchema.safeParse(candidate);
  if (parsed.success) return { value: parsed.data };
  const status = workspaceStatusSchema.safeParse(shell.data.status);
  const value = { metadata, spec: { image: imageOf(shell.data.spec) }, specProblem: describe(parsed.error) };
  return { value: status.success ? { ...value, status: status.data } : value };
}

function withoutBlankEnv(spec: unknown): unknown {
  if (typeof spec !== 'object' || spec === null || !('env' in spec) || !Array.isArray(spec.env)) return spec;
  return { ...spec, env: spec.env.filter((entry: unknown) => !isBlank(entry)) };
}

function isBlank(entry: unknown): boolean {
  if (typeof entry !== 'object' || entry === null || !('name' in entry)) return true;
  return typeof entry.name === 'string' && entry.name.trim() === '';
}

function imageOf(spec: unknown): string {
  return typeof spec === 'object' && spec !== null && 'image' in spec && typeof spec.image === 'string'
    ? cutText(spec.image, longest.image)
    : '';
}

/** Nobody mends more at once, and all of it stands in a status. */
const mostIssues = 8;

function describe(error: z.ZodError): string {
  const [told, more] = [error.issues.slice(0, mostIssues), error.issues.length - mostIssues];
  const words = told.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  return more > 0 ? `${words}; and ${more} more` : words;
}

import { parse } from 'yaml';
import { workspacePatchSchema } from '#contract/workspace-patch.ts';
import type { WorkspacePatch } from '#contract/workspace-patch.ts';

const mostNamed = 8;

/** A patch as it is written on a command line, in JSON or YAML; or what is wrong with it, each field by its name. */
export function parsePatch(text: string): { body: WorkspacePatch } | { problem: string } {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    return { problem: `it is neither JSON nor YAML: ${error instanceof Error ? error.message : 'unreadable'}` };
  }
  const parsed = workspacePatchSchema.safeParse(value);
  if (parsed.success) return { body: parsed.data };
  const issues = parsed.error.issues.slice(0, mostNamed);
  return {
    problem: issues.map(({ path, message }) => `${path.map(String).join('.') || 'patch'}: ${message}`).join('; '),
  };
}

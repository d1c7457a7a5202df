import { z } from 'zod';
import { longest, mapOf, most, textOf } from '#contract/bounded.ts';
import { annotations } from '#contract/annotations.ts';
import { reservedFor } from '#contract/reserved-keys.ts';
import { workspaceSpecSchema } from '#contract/workspace.ts';
import type { Workspace, WorkspaceSpec } from '#contract/workspace.ts';

/** What is remembered of a workspace on its home. */
export interface HomeRecord {
  spec: WorkspaceSpec;
  labels: Record<string, string>;
}

const recordSchema = z.object({
  spec: workspaceSpecSchema,
  labels: mapOf(textOf(longest.key), textOf(longest.label), most.entries).default({}),
});

/** Kubernetes' limit for all annotations of an object is 256 KiB; others have theirs there too. */
const maxLength = 128 * 1024;

/**
 * The record as JSON. The spec of a workspace is its own answer to "no secrets in here": values of Secrets are references in
 * it, and what was given in plain is in the Workspace as well. One that is too large for an annotation goes without its
 * environment, command and arguments, which is what makes specs large; the home is worth more than those.
 */
export function recordOf({ spec, metadata }: Workspace): string {
  const kept = Object.fromEntries(
    Object.entries(metadata.labels ?? {}).filter(([name]) => reservedFor(name) === undefined),
  );
  const whole = JSON.stringify({ spec, labels: kept });
  if (whole.length <= maxLength) return whole;
  const { env: _env, envFrom: _envFrom, command: _command, args: _args, ...rest } = spec;
  return JSON.stringify({ spec: rest, labels: {} });
}

interface Annotated {
  metadata?: { annotations?: Record<string, string> | undefined } | undefined;
}

/** The record that a home carries, or undefined when it has none that can be read. */
export function readRecord(claim: Annotated): HomeRecord | undefined {
  const parsed = recordSchema.safeParse(jsonOf(claim));
  return parsed.success ? parsed.data : undefined;
}

/** How long the home is to be kept by its record, also when the rest of that cannot be used: a newer host may have written it. */
export function rememberedRetain(claim: Annotated): string | undefined {
  const parsed = retainSchema.safeParse(jsonOf(claim));
  return parsed.success ? parsed.data.spec.home.retain : undefined;
}

const retainSchema = z.object({ spec: z.object({ home: z.object({ retain: textOf(longest.token) }) }) });

function jsonOf(claim: Annotated): unknown {
  const text = claim.metadata?.annotations?.[annotations.homeWorkspace];
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Somebody edited it by hand: the home is kept all the same, it just cannot say what it belonged to.
    return undefined;
  }
}

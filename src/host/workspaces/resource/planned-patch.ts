import { isDeepStrictEqual } from 'node:util';
import { GuildNetError } from '#contract/errors.ts';
import { imageReferenceProblem } from '#contract/image-reference.ts';
import type { WorkspacePatch } from '#contract/workspace-patch.ts';
import { workspaceSpecSchema } from '#contract/workspace.ts';
import type { Workspace, WorkspaceSpec } from '#contract/workspace.ts';
import { passwordKey } from '../../operator/desired/password.ts';
import { madeForMark } from '../../operator/desired/pod-marks.ts';
import { containerPorts } from '../../operator/desired/ports.ts';
import { mask } from '../hidden-values.ts';
import { checkedLabels, checkedOwner } from '../new-placement.ts';
import { newLabels } from '../new-labels.ts';
import { mergePatch } from './merge-patch.ts';

/** What a patch makes of a workspace, before anything is written. */
export interface PlannedPatch {
  /** A merge patch of the Workspace: the variables are a list there, and written as a whole. */
  spec: object;
  labels: Readonly<Record<string, string | null>>;
  /** What the workspace is then. */
  wanted: { spec: WorkspaceSpec; labels: Record<string, string> };
  /** The fields that are another then, and those of them that only another pod can have. */
  changed: string[];
  restarts: string[];
  /** A port that it has now is gone then, or another one is the first. */
  losesPort: boolean;
}

type Env = NonNullable<WorkspaceSpec['env']>;

/** Pure. Throws `invalid_spec` naming the field. */
export function planPatch(workspace: Pick<Workspace, 'metadata' | 'spec'>, patch: WorkspacePatch): PlannedPatch {
  const { metadata } = workspace;
  // With its defaults, as what comes of it has them.
  const now = workspaceSpecSchema.safeParse(workspace.spec).data ?? workspace.spec;
  const { env: variables, ...fields } = patch.spec ?? {};
  checkTexts(fields);
  const env = variables === undefined ? now.env : patchedEnv(now.env ?? [], variables);
  const { env: _env, ...others } = now;
  const merged = mergePatch(others, fields) as object;
  const parsed = workspaceSpecSchema.safeParse({ ...merged, ...(env === undefined ? {} : { env }) });
  if (!parsed.success) throw notValid(parsed.error.issues[0]);
  const then = parsed.data;
  const names = [...new Set([...keysOf(now), ...keysOf(then)])].filter(
    (name) => !isDeepStrictEqual(now[name], then[name]),
  );
  const markOf = (spec: WorkspaceSpec): string => madeForMark({ metadata, spec });
  const labels = patchedLabels(patch.labels ?? {}, metadata.labels ?? {});
  const changedEnv = changedVariables(now.env ?? [], then.env ?? []);
  const told = (name: keyof WorkspaceSpec): string[] =>
    name === 'env' ? changedEnv.map((one) => `spec.env.${one}`) : [`spec.${name}`];
  return {
    spec: { ...fields, ...(variables === undefined ? {} : { env: env ?? null }) },
    labels,
    wanted: { spec: then, labels: mergePatch(metadata.labels ?? {}, labels) as Record<string, string> },
    changed: [...names.flatMap(told), ...Object.keys(labels).map((name) => `labels.${name}`)],
    restarts: names
      .filter((name) => markOf({ ...now, [name]: then[name] }) !== markOf(now) || changesPassword(name, changedEnv))
      .flatMap(told),
    losesPort: losesPort(now, then),
  };
}

function keysOf(spec: WorkspaceSpec): (keyof WorkspaceSpec)[] {
  return Object.keys(spec) as (keyof WorkspaceSpec)[];
}

/** It is in a Secret that the pod has read at its start. */
function changesPassword(name: keyof WorkspaceSpec, changedEnv: readonly string[]): boolean {
  return name === 'env' && changedEnv.includes(passwordKey);
}

function patchedEnv(now: Env, patch: Readonly<Record<string, string | null>> | null): Env | undefined {
  if (patch === null) return undefined;
  const left = new Map(now.map((entry) => [entry.name, entry]));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) left.delete(name);
    else left.set(name, { name, value: checkedText(`env.${name}`, value) });
  }
  return left.size === 0 ? undefined : [...left.values()];
}

function changedVariables(now: Env, then: Env): string[] {
  const [before, after] = [now, then].map((env) => new Map(env.map((entry) => [entry.name, entry])));
  const names = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
  return [...names].filter((name) => !isDeepStrictEqual(before?.get(name), after?.get(name)));
}

function patchedLabels(
  patch: Readonly<Record<string, string | null>>,
  now: Readonly<Record<string, string>>,
): Record<string, string | null> {
  // To take one away asks as much as to give one.
  newLabels({ labels: Object.fromEntries(Object.entries(patch).map(([name, value]) => [name, value ?? ''])) });
  return Object.fromEntries(Object.entries(patch).filter(([name, value]) => (now[name] ?? null) !== value));
}

function checkTexts({ image, command, args, nodeSelector, owner }: NonNullable<WorkspacePatch['spec']>): void {
  const problem = image === undefined ? undefined : imageReferenceProblem(image);
  if (problem !== undefined)
    throw invalid('image', problem, 'Give the image as a registry knows it, for example "ghcr.io/owner/image:1.2".');
  for (const [name, texts] of Object.entries({ command, args }))
    for (const text of texts ?? []) checkedText(name, text);
  checkedLabels(Object.fromEntries(Object.entries(nodeSelector ?? {}).map(([key, value]) => [key, value ?? ''])), at);
  checkedOwner(owner ?? undefined, at);
}

/** Where a field stands in a patch. */
const at = (field: string): string => `spec.${field}`;

/** What is shown in place of a secret, sent back as if it were the value. */
function checkedText(name: string, text: string): string {
  if (!text.includes(mask)) return text;
  throw invalid(
    name,
    `The new ${name.slice(0, 80)} has "${mask}" in it, which is shown in place of what is secret.`,
    'Give the value itself, or leave the field out to keep it.',
  );
}

function losesPort(now: WorkspaceSpec, then: WorkspaceSpec): boolean {
  const [before, after] = [now, then].map((spec) => containerPorts(spec).map(({ containerPort }) => containerPort));
  return before?.[0] !== after?.[0] || before?.some((port) => after?.includes(port) !== true) === true;
}

function notValid(issue: { path: PropertyKey[]; message: string } | undefined): GuildNetError {
  const field = issue?.path.map(String).join('.') ?? 'spec';
  return invalid(field, `${field}: ${issue?.message ?? 'is not valid'}.`, 'Correct the named field.');
}

function invalid(field: string, message: string, remedy: string): GuildNetError {
  return new GuildNetError('invalid_spec', message, { remedy, details: { field: `spec.${field.slice(0, 200)}` } });
}

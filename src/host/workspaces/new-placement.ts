import { GuildNetError } from '#contract/errors.ts';
import { printable } from '#contract/printable.ts';
import type { Job } from '#contract/server.ts';
import { exposure } from '#contract/spec/exposure.ts';
import type { WorkspaceSpec } from '#contract/workspace.ts';
import { labelProblem } from './label-problem.ts';

type Placement = Pick<
  WorkspaceSpec,
  | 'command'
  | 'envFrom'
  | 'exposure'
  | 'imagePullSecrets'
  | 'nodeSelector'
  | 'owner'
  | 'serviceAccountName'
  | 'tolerations'
>;

/**
 * Where a new workspace runs, as whom, what it may read and how it is reached; what is blank or empty stays out of its spec, for a field
 * of a form that was left empty means nothing. Throws `invalid_spec` naming the field.
 */
export function newPlacement(job: Job): Placement {
  const { command = [], envFrom = [], tolerations = [], nodeSelector = {} } = job;
  const pullSecrets = (job.imagePullSecrets ?? []).flatMap(({ name }) => named('name', name));
  const reached = newExposure(job.exposure);
  return {
    ...(command.length === 0 ? {} : { command }),
    ...(envFrom.length === 0 ? {} : { envFrom }),
    ...(reached === undefined ? {} : { exposure: reached }),
    ...(pullSecrets.length === 0 ? {} : { imagePullSecrets: pullSecrets }),
    ...(Object.keys(nodeSelector).length === 0 ? {} : { nodeSelector: checkedLabels(nodeSelector) }),
    ...named('owner', checkedOwner(job.owner))[0],
    ...named('serviceAccountName', job.serviceAccountName)[0],
    ...(tolerations.length === 0 ? {} : { tolerations }),
  };
}

/** The field with its text, unless that is blank. */
function named<Field extends string>(field: Field, text: string | undefined): Array<Record<Field, string>> {
  const value = text?.trim() ?? '';
  return value === '' ? [] : [{ [field]: value } as Record<Field, string>];
}

const asItIs = (field: string): string => field;

/** Asked of a pod with a label that none can have, the API server refuses the pod: long after the launch. */
export function checkedLabels(labels: Readonly<Record<string, string>>, at = asItIs): Record<string, string> {
  for (const [key, value] of Object.entries(labels)) {
    const problem = labelProblem(key, value);
    if (problem !== undefined) throw invalid(at(`nodeSelector.${key.slice(0, 80)}`), problem.message, problem.remedy);
  }
  return { ...labels };
}

/** What stands in lists and decides who may do what has nothing in it that is not seen. */
export function checkedOwner(owner: string | undefined, at = asItIs): string | undefined {
  if (owner === undefined || printable(owner) === owner) return owner;
  throw invalid(
    at('owner'),
    'The owner has characters in it that are not seen.',
    'Write for example "user:anna@example.com".',
  );
}

function invalid(field: string, message: string, remedy: string): GuildNetError {
  return new GuildNetError('invalid_spec', message, { remedy, details: { field } });
}

/** That an Ingress has a domain is said here: the API server's words for it come only after a name was found. */
function newExposure(asked: Job['exposure']): WorkspaceSpec['exposure'] {
  const said = Object.fromEntries(
    Object.entries(asked ?? {}).flatMap(([field, text]) => named(field, text).flatMap(Object.entries<string>)),
  );
  if (Object.keys(said).length === 0) return undefined;
  const parsed = exposure.safeParse(said);
  if (parsed.success && (parsed.data.type !== 'Ingress' || parsed.data.domain !== undefined)) return parsed.data;
  const [field, remedy] = parsed.success
    ? ['exposure.domain', 'Give the domain below which it gets its name.']
    : mistakeIn(parsed.error.issues[0]?.path[0]);
  throw invalid(field, `The exposure is not valid: ${wordFor(field, said)}.`, remedy);
}

function mistakeIn(part: PropertyKey | undefined): [field: string, remedy: string] {
  if (part === 'type') return ['exposure.type', 'Write ClusterIP, LoadBalancer or Ingress.'];
  return [`exposure.${String(part)}`, 'Use lower-case letters, digits, "-" and ".", as in "dev.example.com".'];
}

function wordFor(field: string, said: Readonly<Record<string, string>>): string {
  const part = field.replace('exposure.', '');
  const text = said[part];
  if (text !== undefined) return `"${text.slice(0, 80)}" is no ${part}`;
  return part === 'domain' ? 'an Ingress needs a domain' : `it has no ${part}`;
}

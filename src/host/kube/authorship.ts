import { z } from 'zod';
import { listOf, longest, mapOf, most, textOf } from '#contract/bounded.ts';
import { fieldManager } from './apply.ts';
import type { Step } from './differs.ts';

const managerSchema = z.object({
  manager: textOf(longest.reason).optional(),
  subresource: textOf(longest.reason).optional(),
  operation: textOf(longest.token).optional(),
  time: textOf(longest.token).optional(),
  // Its names are paths into the object, with keys of its lists in them.
  fieldsV1: mapOf(textOf(longest.message), z.unknown(), most.inAList).optional(),
});
const objectSchema = z.object({
  metadata: z.object({ managedFields: listOf(managerSchema, most.entries).optional() }),
});

/** What an object is about, whatever its kind. Whoever makes one sets at least one of them, if only by a default. */
const content = ['f:spec', 'f:data', 'f:stringData', 'f:type'];

/**
 * Whether somebody other than GuildNet's operator says what a just created object shall be. Controllers that add an
 * annotation or a status do not count. By `metadata.managedFields`, as the API server answers a write
 * (https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management); an object without them has no author.
 */
export function hasAnotherAuthor(object: unknown): boolean {
  const { managedFields = [] } = objectSchema.parse(object).metadata;
  return managedFields.some(
    ({ manager, subresource, fieldsV1 = {} }) =>
      manager !== fieldManager && (subresource ?? '') === '' && content.some((field) => field in fieldsV1),
  );
}

/**
 * Who made a field of an object of ours another than we applied it: the name of a field manager, or `admission` when the field
 * is ours by `managedFields` all the same. A writer takes over what it changes; only admission (a webhook or policy of the
 * cluster, which has its turn after the owners are written down) changes a field and leaves it with its owner. `unknown` when
 * nobody says so. Of a field that is gone nobody is the owner: then it is whoever wrote last.
 */
export function changedBy(object: unknown, steps: readonly Step[]): { manager: string } | 'admission' | 'unknown' {
  const owners = ownersOf(object, steps);
  if (owners.some(isOurs)) return 'admission';
  if (owners.length > 0) return named(owners);
  return named(writersOf(object).filter((one) => !isOurs(one) && one.manager !== kubernetesOwn));
}

/** Whether somebody else has taken a field over. */
export function isTakenOver(object: unknown, steps: readonly Step[]): boolean {
  const owners = ownersOf(object, steps);
  return owners.length > 0 && !owners.some(isOurs);
}

type Manager = z.infer<typeof managerSchema>;

/** It writes annotations beside every change and takes no field away. */
const kubernetesOwn = 'kube-controller-manager';

function writersOf(object: unknown): Manager[] {
  const { managedFields = [] } = objectSchema.parse(object).metadata;
  return managedFields.filter(({ subresource }) => subresource !== 'status');
}

function ownersOf(object: unknown, steps: readonly Step[]): Manager[] {
  return writersOf(object).filter(({ fieldsV1 = {} }) => owns(fieldsV1, steps));
}

/** The latest of them. */
function named(managers: readonly Manager[]): { manager: string } | 'unknown' {
  const latest = managers.toSorted((a, b) => (b.time ?? '').localeCompare(a.time ?? ''))[0]?.manager ?? '';
  return latest === '' ? 'unknown' : { manager: latest };
}

function isOurs({ manager, operation }: Manager): boolean {
  return manager === fieldManager && operation === 'Apply';
}

/** FieldsV1: `f:<name>` for a field, `k:<key as JSON>` for an entry of a list; what has nothing in it is owned as a whole. */
function owns(fields: unknown, [step, ...rest]: readonly Step[], depth = 0): boolean {
  if (typeof fields !== 'object' || fields === null) return false;
  if (step === undefined) return true;
  if (depth > 0 && Object.keys(fields).length === 0) return true;
  if ('index' in step) return false;
  const found = Object.entries(fields).find(([name]) =>
    'field' in step ? name === `f:${step.field}` : isKey(name, step.key),
  );
  return found !== undefined && owns(found[1], rest, depth + 1);
}

function isKey(name: string, key: Readonly<Record<string, unknown>>): boolean {
  if (!name.startsWith('k:')) return false;
  const parsed: unknown = JSON.parse(name.slice(2));
  const has = Object.entries(parsed ?? {});
  return has.length > 0 && has.every(([field, value]) => key[field] === value);
}

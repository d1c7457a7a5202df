import { sameQuantity } from './quantity.ts';

/**
 * Lists that the API server merges by key under server-side apply; an entry of somebody else's beside ours is not a
 * difference. Every other list belongs to its writer as a whole and is compared whole.
 * (https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy)
 */
const listKeys: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  env: ['name'],
  volumes: ['name'],
  volumeMounts: ['mountPath'],
  imagePullSecrets: ['name'],
  ownerReferences: ['uid'],
  conditions: ['type'],
  'container.ports': ['containerPort', 'protocol'],
  'service.ports': ['port', 'protocol'],
};
/** Maps whose values are quantities: compared by amount, because the API server rewrites them. */
const quantityMaps = new Set(['limits', 'requests']);
/** Fields that are quantities themselves. */
const quantityFields = new Set(['sizeLimit']);

/** One step on the way to a field: into a map, to the entry of a list that has this key, or to a place in a list. */
export type Step = { field: string } | { key: Readonly<Record<string, unknown>> } | { index: number };

/** A field that is not as desired: its path, for people and in steps, and the two values, for tests. */
export interface Difference {
  path: string;
  steps: readonly Step[];
  desired: unknown;
  live: unknown;
}

/** Where a comparison has come to. */
interface Place {
  path: string;
  steps: readonly Step[];
}

const root: Place = { path: '', steps: [] };

/**
 * What `live` lacks of `desired`: every field of desired must be there and mean the same, and what the API server or others
 * added does not count. Fields that were given up are not seen here; `apply.ts` sees them by the desired object's hash. Lazy:
 * who wants the first only pays for no more.
 */
export function* differences(desired: unknown, live: unknown, place = root): Generator<Difference, undefined> {
  if (isEmpty(desired)) {
    if (!isEmpty(live)) yield difference(place, desired, live);
  } else if (Array.isArray(desired)) yield* listDifferences(desired, live, place);
  else if (isObject(desired)) yield* objectDifferences(desired, live, place);
  else if (desired !== live) yield difference(place, desired, live);
}

/** The first of `differences`, or undefined when there is none. */
export function firstDifference(desired: unknown, live: unknown): Difference | undefined {
  return differences(desired, live).next().value;
}

/** Whether the live object has to be written. */
export function differs(desired: unknown, live: unknown): boolean {
  return firstDifference(desired, live) !== undefined;
}

function* objectDifferences(
  desired: Record<string, unknown>,
  live: unknown,
  place: Place,
): Generator<Difference, undefined> {
  if (!isObject(live)) {
    yield difference(place, desired, live);
    return;
  }
  const { path, steps } = place;
  const quantities = quantityMaps.has(lastKey(path));
  for (const [key, value] of Object.entries(desired)) {
    if (value === undefined) continue;
    const other = live[key];
    const isQuantity = quantities || quantityFields.has(key);
    if (isQuantity && typeof value === 'string' && typeof other === 'string' && sameQuantity(value, other)) continue;
    yield* differences(value, other, {
      path: path === '' ? key : `${path}.${key}`,
      steps: [...steps, { field: key }],
    });
  }
}

function* listDifferences(desired: readonly unknown[], live: unknown, place: Place): Generator<Difference, undefined> {
  if (!Array.isArray(live)) {
    yield difference(place, desired, live);
    return;
  }
  const { path, steps } = place;
  const keys = keysOf(path);
  if (keys === undefined) {
    if (desired.length !== live.length) yield difference(place, desired, live);
    else
      for (const [index, item] of desired.entries())
        yield* differences(item, live[index], { path: `${path}[${index}]`, steps: [...steps, { index }] });
    return;
  }
  for (const item of desired) {
    const key = identity(item, keys);
    const other: unknown = live.find((one) => identity(one, keys) === key);
    yield* differences(item, other, { path: `${path}[${key}]`, steps: [...steps, { key: keyOf(item, keys) }] });
  }
}

function keysOf(path: string): readonly string[] | undefined {
  const key = lastKey(path);
  if (key === 'ports')
    return listKeys[/(^|\.)(init)?[cC]ontainers\[[^\]]*\]\.ports$/.test(path) ? 'container.ports' : 'service.ports'];
  return listKeys[key];
}

function identity(item: unknown, keys: readonly string[]): string {
  return isObject(item) ? Object.values(keyOf(item, keys)).join('/') : '';
}

function keyOf(item: unknown, keys: readonly string[]): Record<string, unknown> {
  if (!isObject(item)) return {};
  // The API server's default for a port's protocol is part of its key.
  return Object.fromEntries(keys.map((key) => [key, key === 'protocol' ? (item[key] ?? 'TCP') : item[key]]));
}

function lastKey(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** What Kubernetes' `omitempty` leaves out, so that it is never in the live object. */
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function difference({ path, steps }: Place, desired: unknown, live: unknown): Difference {
  return { path, steps, desired, live };
}

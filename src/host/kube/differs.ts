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

/** The first difference found, as a path and the two values; for the log and for tests. */
export interface Difference {
  path: string;
  desired: unknown;
  live: unknown;
}

/**
 * Whether `live` lacks anything of `desired`: every field of desired must be there and mean the same, and what the API
 * server or others added does not count. Fields that were given up are not seen here; `apply.ts` sees them by the
 * desired object's hash. Returns undefined when nothing differs.
 */
export function firstDifference(desired: unknown, live: unknown, path = ''): Difference | undefined {
  if (isEmpty(desired)) return isEmpty(live) ? undefined : difference(path, desired, live);
  if (Array.isArray(desired)) return listDifference(desired, live, path);
  if (isObject(desired)) return objectDifference(desired, live, path);
  return desired === live ? undefined : difference(path, desired, live);
}

/** Whether the live object has to be written. */
export function differs(desired: unknown, live: unknown): boolean {
  return firstDifference(desired, live) !== undefined;
}

function objectDifference(desired: Record<string, unknown>, live: unknown, path: string): Difference | undefined {
  if (!isObject(live)) return difference(path, desired, live);
  const quantities = quantityMaps.has(lastKey(path));
  for (const [key, value] of Object.entries(desired)) {
    if (value === undefined) continue;
    const other = live[key];
    const isQuantity = quantities || quantityFields.has(key);
    if (isQuantity && typeof value === 'string' && typeof other === 'string' && sameQuantity(value, other)) continue;
    const found = firstDifference(value, other, path === '' ? key : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function listDifference(desired: readonly unknown[], live: unknown, path: string): Difference | undefined {
  if (!Array.isArray(live)) return difference(path, desired, live);
  const keys = keysOf(path);
  if (keys === undefined) {
    if (desired.length !== live.length) return difference(path, desired, live);
    return firstOf(desired, (item, index) => firstDifference(item, live[index] as unknown, `${path}[${index}]`));
  }
  return firstOf(desired, (item) => {
    const key = identity(item, keys);
    const other: unknown = live.find((one) => identity(one, keys) === key);
    return firstDifference(item, other, `${path}[${key}]`);
  });
}

function keysOf(path: string): readonly string[] | undefined {
  const key = lastKey(path);
  if (key === 'ports')
    return listKeys[/(^|\.)(init)?[cC]ontainers\[[^\]]*\]\.ports$/.test(path) ? 'container.ports' : 'service.ports'];
  return listKeys[key];
}

function identity(item: unknown, keys: readonly string[]): string {
  if (!isObject(item)) return '';
  // The API server's default for a port's protocol is part of its key.
  return keys.map((key) => (key === 'protocol' ? (item[key] ?? 'TCP') : item[key])).join('/');
}

function firstOf<T>(
  items: readonly T[],
  find: (item: T, index: number) => Difference | undefined,
): Difference | undefined {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
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

function difference(path: string, desired: unknown, live: unknown): Difference {
  return { path, desired, live };
}

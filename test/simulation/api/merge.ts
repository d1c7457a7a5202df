/** By what the API server tells apart the entries of the lists that it merges under server-side apply. */
const listKeys: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  env: ['name'],
  volumes: ['name'],
  volumeMounts: ['mountPath'],
  imagePullSecrets: ['name'],
  ownerReferences: ['uid'],
  conditions: ['type'],
  ports: ['containerPort', 'port', 'protocol'],
};
/** By what the entries of a list are told apart, if they are. */
export function keysOfList(field: string): readonly string[] | undefined {
  return listKeys[field];
}
const sets: ReadonlySet<string> = new Set(['finalizers']);

/** What server-side apply makes of `live`: `wanted` goes in, what the manager applied `before` and no longer names goes out. */
export function applied(live: unknown, before: unknown, wanted: unknown, field = ''): unknown {
  if (isMap(wanted)) return appliedMap(isMap(live) ? live : {}, isMap(before) ? before : {}, wanted);
  if (!Array.isArray(wanted)) return wanted;
  const [present, former] = [asList(live), asList(before)];
  if (sets.has(field)) {
    const given = new Set(former.filter((item) => !wanted.includes(item)));
    return [...new Set([...present.filter((item) => !given.has(item)), ...(wanted as unknown[])])];
  }
  const keys = listKeys[field];
  return keys === undefined ? wanted : appliedList(present, former, wanted, keys);
}

function appliedMap(
  live: Record<string, unknown>,
  before: Record<string, unknown>,
  wanted: Record<string, unknown>,
): Record<string, unknown> {
  const result = { ...live };
  for (const [key, former] of Object.entries(before)) {
    if (key in wanted) continue;
    const left = withoutGivenUp(live[key], former, key);
    if (left === undefined) delete result[key];
    else result[key] = left;
  }
  for (const [key, value] of Object.entries(wanted)) result[key] = applied(live[key], before[key], value, key);
  return result;
}

/** What is left of a field when its manager names it no more; of lists that are merged, the entries of others. */
function withoutGivenUp(live: unknown, former: unknown, field: string): unknown {
  if (isMap(former)) {
    const left = appliedMap(asMap(live), former, {});
    return Object.keys(left).length === 0 ? undefined : left;
  }
  if (!Array.isArray(former) || !(field in listKeys || sets.has(field))) return undefined;
  const left = applied(live, former, [], field) as unknown[];
  return left.length === 0 ? undefined : left;
}

function appliedList(
  live: readonly unknown[],
  before: readonly unknown[],
  wanted: readonly unknown[],
  keys: readonly string[],
): unknown[] {
  const find = (items: readonly unknown[], key: string): unknown => items.find((item) => keyOf(item, keys) === key);
  const wantedKeys = wanted.map((item) => keyOf(item, keys));
  const givenUp = new Set(before.map((item) => keyOf(item, keys)).filter((key) => !wantedKeys.includes(key)));
  const others = live.filter((item) => {
    const key = keyOf(item, keys);
    return !wantedKeys.includes(key) && !givenUp.has(key);
  });
  return [
    ...wanted.map((item) => applied(find(live, keyOf(item, keys)), find(before, keyOf(item, keys)), item)),
    ...others,
  ];
}

/** Whether an apply that takes nothing over by force must be refused: a field of another's has another value. */
export function conflicts(live: unknown, before: unknown, wanted: unknown, field = ''): boolean {
  if (isMap(wanted)) {
    const [there, former] = [asMap(live), asMap(before)];
    return Object.entries(wanted).some(([key, value]) => conflicts(there[key], former[key], value, key));
  }
  if (live === undefined || before !== undefined || field === 'finalizers') return false;
  const keys = Array.isArray(wanted) ? listKeys[field] : undefined;
  if (keys === undefined) return JSON.stringify(live) !== JSON.stringify(wanted);
  return (wanted as unknown[]).some((item) =>
    conflicts(
      asList(live).find((one) => keyOf(one, keys) === keyOf(item, keys)),
      undefined,
      item,
    ),
  );
}

/** JSON Merge Patch (RFC 7396). */
export function mergePatched(live: unknown, patch: unknown): unknown {
  if (!isMap(patch)) return patch;
  const result = { ...asMap(live) };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = mergePatched(result[key], value);
  }
  return result;
}

function keyOf(item: unknown, keys: readonly string[]): string {
  const map = asMap(item);
  return JSON.stringify(keys.map((key) => map[key] ?? (key === 'protocol' ? 'TCP' : null)));
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asMap(value: unknown): Record<string, unknown> {
  return isMap(value) ? value : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

const dateFields = new Set([
  'creationTimestamp',
  'deletionTimestamp',
  'lastTransitionTime',
  'lastUpdateTime',
  'lastProbeTime',
  'startTime',
  'startedAt',
  'finishedAt',
]);

/** Maps whose keys people choose: `startTime` in there is a name of theirs. */
const freeMaps = new Set([
  'labels',
  'annotations',
  'matchLabels',
  'selector',
  'nodeSelector',
  'data',
  'limits',
  'requests',
]);

/**
 * An object of the API server as client-node's types describe it: its timestamps become Dates in place. `managedFields`
 * go, because they are half of an object's bytes and nobody here reads them.
 */
export function withDates<T extends object>(value: T): T {
  revive(value);
  return value;
}

function revive(value: unknown): void {
  if (Array.isArray(value)) {
    for (const item of value) revive(item);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const fields = value as Record<string, unknown>;
  delete fields['managedFields'];
  for (const [name, field] of Object.entries(fields)) {
    if (freeMaps.has(name) && typeof field === 'object' && !Array.isArray(field)) continue;
    if (typeof field === 'string' && dateFields.has(name)) fields[name] = new Date(field);
    else revive(field);
  }
}

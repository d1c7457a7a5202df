type Json = Record<string, unknown>;

/**
 * The merge patch (RFC 7396) that makes `after` of `before`: what is missing becomes null, lists are replaced as a whole. Undefined when
 * they are the same. Pure.
 */
export function mergePatchBetween(before: Json, after: Json): Json | undefined {
  const patch: Json = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [one, other] = [before[key], after[key]];
    if (other === undefined || other === null) {
      if (one !== undefined && one !== null) patch[key] = null;
    } else if (isObject(one) && isObject(other)) {
      const inner = mergePatchBetween(one, other);
      if (inner !== undefined) patch[key] = inner;
    } else if (JSON.stringify(one) !== JSON.stringify(other)) patch[key] = other;
  }
  return Object.keys(patch).length === 0 ? undefined : patch;
}

/** The fields that a patch names, each by its path. */
export function pathsOf(patch: Json, above = ''): string[] {
  return Object.entries(patch).flatMap(([key, value]) =>
    isObject(value) ? pathsOf(value, `${above}${key}.`) : [`${above}${key}`],
  );
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

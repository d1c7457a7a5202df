import { isDeepStrictEqual } from 'node:util';
import { asMap, isMap, keysOfList } from './merge.ts';

/** The fields of an object that have an owner, as paths in the words of FieldsV1 (`f:spec`, `k:{"name":"a"}`), one JSON text each. */
export type Fields = ReadonlySet<string>;

/** The leaves of what somebody applies; a list that is not merged by key is one. */
export function fieldsOf(wanted: unknown): Fields {
  return new Set(leaves(wanted, [], '').map((path) => JSON.stringify(path)));
}

function leaves(value: unknown, path: readonly string[], field: string): string[][] {
  if (isMap(value) && Object.keys(value).length > 0)
    return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, `f:${key}`], key));
  const keys = keysOfList(field);
  if (!Array.isArray(value) || keys === undefined || value.length === 0) return [[...path]];
  return (value as unknown[]).flatMap((item) => leaves(item, [...path, keyText(item, keys)], ''));
}

function keyText(item: unknown, keys: readonly string[]): string {
  const map = asMap(item);
  const present = keys.filter((key) => map[key] !== undefined);
  return `k:${JSON.stringify(Object.fromEntries(present.map((key) => [key, map[key]])))}`;
}

/** The fields that are other, or gone, in `after`: whoever wrote that has taken them over. */
export function changedFields(fields: Fields, before: unknown, after: unknown): Fields {
  return new Set(
    [...fields].filter((text) => {
      const path = JSON.parse(text) as string[];
      return !isDeepStrictEqual(valueAt(before, path), valueAt(after, path));
    }),
  );
}

function valueAt(object: unknown, path: readonly string[]): unknown {
  let value = object;
  for (const step of path) {
    if (step.startsWith('f:')) value = asMap(value)[step.slice(2)];
    else {
      const key = Object.entries(JSON.parse(step.slice(2)) as Record<string, unknown>);
      value = Array.isArray(value)
        ? (value as unknown[]).find((item) => key.every(([name, wanted]) => asMap(item)[name] === wanted))
        : undefined;
    }
  }
  return value;
}

/** As `metadata.managedFields` has them. */
export function fieldsV1(fields: Fields): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const text of fields) {
    let at = root;
    for (const step of JSON.parse(text) as string[]) {
      const next = asMap(at[step]);
      at[step] = next;
      at = next;
    }
  }
  return root;
}

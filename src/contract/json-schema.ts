/** Plain JSON, as files and the API server hold it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

const int32Max = 2 ** 31 - 1;

/**
 * A JSON Schema of zod's as the structural schema that a CustomResourceDefinition takes
 * (https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema):
 * no `$schema`, `$ref`, `propertyNames` or `additionalProperties: false`; integers say their width; a format needs no pattern
 * beside it. `x-kubernetes-*` keys are kept. Throws when a keyword has no place in a structural schema.
 */
export function toStructuralSchema(schema: JsonObject): JsonObject {
  return { ...types(schema), ...bounds(schema), ...plainKeys(schema), ...children(schema) };
}

const kept = [
  'description',
  'default',
  'enum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'maxProperties',
  'required',
  'format',
] as const;
const handled = new Set<string>([
  ...kept,
  'type',
  'minimum',
  'maximum',
  'pattern',
  'properties',
  'items',
  'additionalProperties',
]);
const dropped = new Set(['$schema', 'propertyNames', 'title']);

function plainKeys(schema: JsonObject): JsonObject {
  const result: Record<string, Json> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key.startsWith('x-kubernetes-') || (kept as readonly string[]).includes(key)) result[key] = value;
    else if (!handled.has(key) && !dropped.has(key))
      throw new TypeError(`"${key}" has no place in a structural schema`);
  }
  const pattern = schema['pattern'];
  if (typeof pattern === 'string' && schema['format'] === undefined)
    result['pattern'] = pattern.replaceAll(String.raw`\/`, '/');
  return result;
}

function types(schema: JsonObject): JsonObject {
  const type = schema['type'];
  if (type === undefined) throw new TypeError('a structural schema gives every value a type');
  if (type !== 'integer') return { type };
  const maximum = schema['maximum'];
  return { type, format: typeof maximum === 'number' && maximum <= int32Max ? 'int32' : 'int64' };
}

/** zod bounds every integer by what a double holds exactly; such bounds say nothing here. */
function bounds(schema: JsonObject): JsonObject {
  const meant = (value: Json | undefined): value is number =>
    typeof value === 'number' && Math.abs(value) !== Number.MAX_SAFE_INTEGER;
  const { minimum, maximum } = schema;
  return { ...(meant(minimum) ? { minimum } : {}), ...(meant(maximum) ? { maximum } : {}) };
}

function children(schema: JsonObject): JsonObject {
  const { properties, items, additionalProperties } = schema;
  return {
    ...(isObject(properties)
      ? { properties: Object.fromEntries(Object.entries(properties).map(([name, child]) => [name, structural(child)])) }
      : {}),
    ...(items === undefined ? {} : { items: structural(items) }),
    ...(isObject(additionalProperties) ? { additionalProperties: structural(additionalProperties) } : {}),
  };
}

function structural(child: Json): JsonObject {
  if (!isObject(child)) throw new TypeError('a structural schema is an object');
  return toStructuralSchema(child);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field that can be written somewhere, as the schema has it. */
export interface Field {
  name: string;
  /** In a word or two: `text`, `number`, `list`, `one of Always, Never`. */
  type: string;
  about: string;
  /** All that it can be, where these are few. */
  values: string[];
  /** It has fields of its own, or items. */
  isNested: 'object' | 'list' | undefined;
}

type Json = Record<string, unknown>;

/** The fields that an object at `path` (keys, `[]` for an item of a list) can have by a JSON Schema; none where it is no object with known ones. Pure. */
export function fieldsAt(schema: unknown, path: readonly string[]): Field[] {
  const properties = schemaAt(schema, path)?.['properties'];
  if (!isObject(properties)) return [];
  return Object.entries(properties).map(([name, one]) => fieldOf(name, one));
}

/** The field at `path` itself; undefined where the schema knows none, such as below a map of free names. Pure. */
export function fieldAt(schema: unknown, path: readonly string[]): Field | undefined {
  const found = schemaAt(schema, path);
  const name = path.at(-1);
  return found === undefined || name === undefined ? undefined : fieldOf(name, found);
}

function schemaAt(schema: unknown, path: readonly string[]): Json | undefined {
  let found = plain(schema);
  for (const key of path) {
    if (found === undefined) return undefined;
    const { properties, additionalProperties, items } = found;
    if (key === '[]') found = plain(items);
    else if (isObject(properties) && Object.hasOwn(properties, key)) found = plain(properties[key]);
    else found = plain(additionalProperties);
  }
  return found;
}

function fieldOf(name: string, schema: unknown): Field {
  const found = plain(schema) ?? {};
  const { enum: choices, type, description } = found;
  const values = Array.isArray(choices) ? choices.map(String) : [];
  return {
    name,
    type: typeWords(found, values),
    about: typeof description === 'string' ? description : '',
    values: type === 'boolean' ? ['true', 'false'] : values,
    isNested: type === 'object' ? 'object' : type === 'array' ? 'list' : undefined,
  };
}

function typeWords({ type, properties }: Json, values: readonly string[]): string {
  if (values.length > 0) return `one of ${values.join(', ')}`;
  if (type === 'string') return 'text';
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'boolean') return 'true or false';
  if (type === 'array') return 'list';
  if (type === 'object') return isObject(properties) ? 'fields' : 'names and values';
  return 'value';
}

/** An object, or the first choice of one that says what it is; what can be null besides is what it is otherwise. */
function plain(schema: unknown): Json | undefined {
  if (!isObject(schema)) return undefined;
  const either = Array.isArray(schema['anyOf']) ? schema['anyOf'] : schema['oneOf'];
  if (!Array.isArray(either)) return schema;
  const first: unknown = either.find((one) => isObject(one) && one['type'] !== 'null');
  return isObject(first) ? { ...first, description: schema['description'] ?? first['description'] } : undefined;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type Json = Record<string, unknown>;

/** Deeper than anybody reads; what is below has a name of its own as a rule. */
const deepest = 8;

/**
 * A JSON Schema (draft 2020-12, as OpenAPI 3.1 has it) as developers write types down: `{ id: string, ports?: Port[] }`. Lengths and patterns
 * are left out, which the document itself has. Pure.
 */
export function schemaText(schema: unknown, depth = 0): string {
  if (!isObject(schema)) return 'any';
  const { $ref: ref, const: fixed, enum: choices, anyOf, oneOf, allOf, type } = schema;
  if (typeof ref === 'string') return ref.split('/').at(-1) ?? ref;
  if (fixed !== undefined) return JSON.stringify(fixed);
  if (Array.isArray(choices)) return choices.map((one) => JSON.stringify(one)).join(' | ');
  if (depth > deepest) return '…';
  const either = Array.isArray(anyOf) ? anyOf : oneOf;
  if (Array.isArray(either)) return joined(either, ' | ', depth);
  if (Array.isArray(allOf)) return joined(allOf, ' & ', depth);
  if (Array.isArray(type)) return type.map((one: unknown) => schemaText({ ...schema, type: one }, depth)).join(' | ');
  if (type === 'array') return arrayText(schema['items'], depth);
  if (type === 'object' || isObject(schema['properties'])) return objectText(schema, depth);
  return typeof type === 'string' ? type : 'any';
}

function joined(schemas: readonly unknown[], sign: string, depth: number): string {
  return [...new Set(schemas.map((one) => schemaText(one, depth)))].join(sign);
}

function arrayText(items: unknown, depth: number): string {
  const item = schemaText(items, depth + 1);
  return /[|&] /.test(item) && !item.startsWith('{') ? `(${item})[]` : `${item}[]`;
}

function objectText({ properties, additionalProperties, required }: Json, depth: number): string {
  const needed = new Set(Array.isArray(required) ? required : []);
  const indent = '  '.repeat(depth + 1);
  const lines = Object.entries(isObject(properties) ? properties : {}).map(
    ([name, schema]) => `${indent}${quoted(name)}${needed.has(name) ? '' : '?'}: ${schemaText(schema, depth + 1)}`,
  );
  if (isObject(additionalProperties) && Object.keys(additionalProperties).length > 0)
    lines.push(`${indent}[name]: ${schemaText(additionalProperties, depth + 1)}`);
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`;
}

function quoted(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { describe, expect, test } from 'vitest';
import { workspaceCrd } from './crd.ts';
import { toStructuralSchema } from './json-schema.ts';
import type { Json } from './json-schema.ts';

/** Every object below a value, the value first. */
function* objects(value: Json | undefined): Generator<Record<string, Json>> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Record<string, Json>;
  for (const child of Object.values(value) as Json[]) yield* objects(child);
}

describe('the CRD', () => {
  const crd = workspaceCrd();

  test('has a status subresource, columns, a short name and a category', () => {
    expect(crd).toMatchObject({
      apiVersion: 'apiextensions.k8s.io/v1',
      metadata: { name: 'workspaces.guildnet.io' },
      spec: {
        scope: 'Namespaced',
        names: { kind: 'Workspace', plural: 'workspaces', shortNames: ['ws'], categories: ['guildnet'] },
        versions: [{ name: 'v1alpha1', served: true, storage: true, subresources: { status: {} } }],
      },
    });
    const columns = [...objects(crd)].find((object) => 'additionalPrinterColumns' in object)?.[
      'additionalPrinterColumns'
    ];
    expect(
      (columns as { name: string; priority?: number }[])
        .filter((one) => one.priority === undefined)
        .map((one) => one.name),
    ).toEqual(['Phase', 'Ready', 'Image', 'URL', 'Age']);
  });

  test('adds the node and the reason to the wide list', () => {
    const columns = [...objects(crd)].filter((object) => object['priority'] === 1).map((column) => column['name']);
    expect(columns).toEqual(['Node', 'Reason']);
  });

  test('describes every field, for kubectl explain', () => {
    const fields = (path: string, schema: Json | undefined): string[] =>
      [...objects(schema)].slice(0, 1).flatMap(({ properties, items, description }) => [
        ...(description === undefined && path !== '' && !path.endsWith('.metadata') ? [path] : []),
        ...Object.entries((properties ?? {}) as Record<string, Json>).flatMap(([name, child]) =>
          fields(`${path}.${name}`, child),
        ),
        // What an item is, the list says.
        ...fields('', items),
      ]);
    const schema = [...objects(crd)].find((object) => 'openAPIV3Schema' in object)?.['openAPIV3Schema'];
    expect(fields('', schema)).toEqual([]);
  });

  test('has nothing that a structural schema may not have', () => {
    for (const object of objects(crd)) {
      for (const key of ['$schema', '$ref', 'propertyNames', 'allOf', 'oneOf', 'anyOf', 'not', 'const'])
        expect(object).not.toHaveProperty([key]);
      expect(object['additionalProperties']).not.toBe(false);
    }
  });

  test('keeps the rules that span fields', () => {
    const text = JSON.stringify(crd);
    for (const rule of [
      'port numbers are unique',
      'an Ingress needs a domain',
      'value or valueFrom, not both',
      'names exactly one source',
      'can grow, but never shrink',
      'storage class of a home cannot be changed',
      'nothing can be requested beyond its limit',
      'x-kubernetes-list-map-keys',
    ])
      expect(text).toContain(rule);
  });
});

describe('toStructuralSchema', () => {
  test.for([
    [
      { type: 'integer', minimum: 1, maximum: 65_535 },
      { type: 'integer', format: 'int32', minimum: 1, maximum: 65_535 },
    ],
    [
      { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
      { type: 'integer', format: 'int64', minimum: 0 },
    ],
    [
      { type: 'string', format: 'date-time', pattern: 'x' },
      { type: 'string', format: 'date-time' },
    ],
    [
      { type: 'string', pattern: String.raw`^\/` },
      { type: 'string', pattern: '^/' },
    ],
    [
      { type: 'object', properties: { a: { type: 'string' } }, required: ['a'], additionalProperties: false },
      { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
    ],
    [
      { type: 'object', propertyNames: { type: 'string' }, additionalProperties: { type: 'string' } },
      { type: 'object', additionalProperties: { type: 'string' } },
    ],
    [
      { $schema: 'x', type: 'array', items: { type: 'boolean' }, 'x-kubernetes-list-type': 'set' },
      { type: 'array', items: { type: 'boolean' }, 'x-kubernetes-list-type': 'set' },
    ],
  ] as const)('%j', ([schema, structural]) => expect(toStructuralSchema(schema)).toEqual(structural));

  test('refuses what it cannot say', () => {
    expect(() => toStructuralSchema({ anyOf: [] })).toThrow(/type/);
    expect(() => toStructuralSchema({ type: 'string', anyOf: [] })).toThrow(/"anyOf" has no place/);
  });
});

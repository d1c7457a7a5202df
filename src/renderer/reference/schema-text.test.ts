import { expect, test } from 'vitest';
import { schemaText } from './schema-text.ts';

test.each([
  [undefined, 'any'],
  [{}, 'any'],
  [{ type: 'string', maxLength: 3 }, 'string'],
  [{ type: ['string', 'null'] }, 'string | null'],
  [{ $ref: '#/components/schemas/Workspace' }, 'Workspace'],
  [{ const: 'ok' }, '"ok"'],
  [{ enum: ['a', 'b'] }, '"a" | "b"'],
  [{ anyOf: [{ type: 'string' }, { type: 'null' }, { type: 'string' }] }, 'string | null'],
  [{ type: 'array', items: { type: 'string' } }, 'string[]'],
  [{ type: 'array', items: { enum: ['a', 'b'] } }, '("a" | "b")[]'],
  [{ type: 'object' }, '{}'],
  [{ type: 'object', additionalProperties: { type: 'string' } }, '{\n  [name]: string\n}'],
  [
    {
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'string' }, 'if-match': { type: 'string' }, in: { properties: { a: {} } } },
    },
    '{\n  id: string\n  "if-match"?: string\n  in?: {\n    a?: any\n  }\n}',
  ],
])('%j', (schema, text) => {
  expect(schemaText(schema)).toBe(text);
});

test('ends', () => {
  const endless: Record<string, unknown> = { type: 'object' };
  endless['properties'] = { again: endless };
  expect(schemaText(endless)).toContain('…');
});

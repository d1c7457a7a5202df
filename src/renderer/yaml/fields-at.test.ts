import { expect, test } from 'vitest';
import { editableSchema } from './editable-schema.ts';
import { fieldAt, fieldsAt } from './fields-at.ts';

const schema = editableSchema();
const namesAt = (...path: string[]): string[] => fieldsAt(schema, path).map(({ name }) => name);

test('the fields of each place', () => {
  expect(namesAt()).toEqual(['labels', 'spec']);
  expect(namesAt('spec')).toEqual(expect.arrayContaining(['image', 'env', 'ports', 'home', 'idle', 'probe', 'ttl']));
  // What is changed by Stop and Start, not by an edit.
  expect(namesAt('spec')).not.toContain('mode');
  expect(namesAt('spec', 'idle')).toEqual(['stopAfter']);
  expect(namesAt('spec', 'ports', '[]')).toEqual(expect.arrayContaining(['containerPort', 'name', 'protocol']));
  expect(namesAt('spec', 'env')).toEqual([]);
  expect(namesAt('spec', 'env', 'DEBUG')).toEqual([]);
  expect(namesAt('spec', 'image')).toEqual([]);
  expect(namesAt('nothing', 'known')).toEqual([]);
  expect(namesAt('spec', 'constructor')).toEqual([]);
});

test('what can be edited is all described', () => {
  for (const { name, about } of fieldsAt(schema, ['spec'])) expect(about, name).not.toBe('');
});

test.each([
  [
    ['spec', 'imagePullPolicy'],
    { type: 'one of Always, IfNotPresent, Never', values: ['Always', 'IfNotPresent', 'Never'] },
  ],
  [['spec', 'image'], { type: 'text', values: [], isNested: undefined }],
  [['spec', 'ports'], { type: 'list', isNested: 'list' }],
  [['spec', 'ports', '[]', 'containerPort'], { type: 'number' }],
  [['spec', 'home'], { type: 'fields', isNested: 'object' }],
  [['spec', 'env'], { type: 'names and values', isNested: 'object' }],
  [['spec', 'env', 'DEBUG'], { type: 'text' }],
])('%j', (path, expected) => {
  expect(fieldAt(schema, path)).toMatchObject(expected);
});

test('no schema, no fields', () => {
  expect(fieldsAt(undefined, [])).toEqual([]);
  expect(fieldAt({ type: 'object' }, ['a', 'b'])).toBeUndefined();
  expect(fieldAt({ anyOf: [{ type: 'null' }, { type: 'string' }], description: 'x' }, [])).toBeUndefined();
  expect(
    fieldsAt({ properties: { a: { anyOf: [{ type: 'null' }, { type: 'string' }], description: 'x' } } }, []),
  ).toEqual([{ name: 'a', type: 'text', about: 'x', values: [], isNested: undefined }]);
});

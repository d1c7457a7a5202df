import { expect, test } from 'vitest';
import type { Field } from './field.ts';
import { withFile } from './file.ts';

const view = { file: true, publicOrigin: 'https://w.localhost:1' };

test.each([
  [undefined, 'attachment'],
  ['inline', 'attachment'],
  ['inline; filename="a; b.txt"', 'attachment; filename="a; b.txt"'],
  ['Attachment; filename=a', 'Attachment; filename=a'],
  ['form-data; name=x', 'attachment; name=x'],
  ['', 'attachment'],
])('Content-Disposition %j becomes %j', (said, expected) => {
  const fields: Field[] = said === undefined ? [] : [['content-disposition', said]];
  expect(withFile(fields, view)).toEqual([['content-disposition', expected]]);
});

test.each([
  ['/b?c', '/b?c&guildnet-download=file'],
  ['b', 'b?guildnet-download=file'],
  ['https://w.localhost:1/b#c', 'https://w.localhost:1/b?guildnet-download=file#c'],
  ['https://elsewhere.example/b', 'https://elsewhere.example/b'],
  ['//elsewhere.example/b', '//elsewhere.example/b'],
  ['https://3000--w.localhost:1/b', 'https://3000--w.localhost:1/b'],
])('sent on to %s, it goes to %s', (location, expected) => {
  expect(withFile([['location', location]], view)).toContainEqual(['location', expected]);
});

test('other answers stay as they are', () => {
  const fields: Field[] = [
    ['location', '/b'],
    ['content-disposition', 'inline'],
  ];
  expect(withFile(fields, { ...view, file: false })).toEqual(fields);
});

import { expect, test } from 'vitest';
import { objectBody } from './object-body.ts';

test.each([
  ['nothing', undefined],
  ['an empty text', ''],
  ['an empty form', new URLSearchParams()],
  ['an empty file', new Blob([])],
])('%s is no body', (_what, body) => {
  expect(objectBody(body)).toBeUndefined();
});

test.each([{}, { a: [1] }, JSON.parse('{"__proto__": 1}') as object])('%j is a body', (body) => {
  expect(objectBody(body)).toBe(body);
});

test.each([
  [[null, null], 'a list'],
  [[], 'a list'],
  [null, 'null'],
  [3, 'a number'],
  [false, 'a boolean'],
  ['text', 'a text'],
  [new URLSearchParams('a=b'), 'a form'],
  [new FormData(), 'a form'],
  [new Blob(['a']), 'of another media type'],
])('%j is refused as %s', (body, kind) => {
  expect(() => objectBody(body)).toThrow(
    expect.objectContaining({ code: 'bad_body', message: `The request body is ${kind}, and not a JSON object.` }),
  );
});

import { describe, expect, test } from 'vitest';
import { copiedPlace, split } from './copied-place.ts';

describe('a side of a copy', () => {
  test.each([
    { text: 'code-1a2b3:/home/me/x', place: { kind: 'there', id: 'code-1a2b3', path: '/home/me/x' } },
    { text: 'code:work', place: { kind: 'there', id: 'code', path: 'work' } },
    { text: 'code:', place: { kind: 'there', id: 'code', path: '.' } },
    { text: 'code@staging:/x', place: { kind: 'there', id: 'code@staging', path: '/x' } },
    { text: 'code:a:b', place: { kind: 'there', id: 'code', path: 'a:b' } },
    { text: 'file', place: { kind: 'here', path: 'file' } },
    { text: './a:b', place: { kind: 'here', path: './a:b' } },
    { text: '/a:b', place: { kind: 'here', path: '/a:b' } },
    { text: 'A:b', place: { kind: 'here', path: 'A:b' } },
    { text: ':b', place: { kind: 'here', path: ':b' } },
    { text: '', place: { kind: 'here', path: '' } },
  ])('$text', ({ text, place }) => {
    expect(copiedPlace(text, 'linux')).toEqual(place);
  });

  test('a drive of Windows', () => {
    expect(copiedPlace('c:\\x', 'win32')).toEqual({ kind: 'here', path: 'c:\\x' });
    expect(copiedPlace('c:x', 'linux')).toEqual({ kind: 'there', id: 'c', path: 'x' });
  });
});

test.each([
  { path: '/home/me/x', directory: '/home/me', name: 'x' },
  { path: '/home/me/x/', directory: '/home/me', name: 'x' },
  { path: 'x', directory: '.', name: 'x' },
  { path: 'a/../x', directory: '.', name: 'x' },
  { path: '/x', directory: '/', name: 'x' },
  { path: '.', directory: '.', name: undefined },
  { path: './', directory: '.', name: undefined },
  { path: '/', directory: '/', name: undefined },
  { path: '../..', directory: '../..', name: undefined },
  { path: '-rf', directory: '.', name: '-rf' },
])('$path is $name in $directory', ({ path, directory, name }) => {
  expect(split(path)).toEqual({ directory, name });
});

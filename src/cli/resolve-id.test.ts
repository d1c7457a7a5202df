import { expect, test } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import { resolveId } from './resolve-id.ts';

const ids = ['code-server-1a2b3', 'code-server-9f8e7', 'echo-00000', 'echo-00000-11111'];

test.each([
  ['the whole id', 'code-server-1a2b3', 'code-server-1a2b3'],
  ['an id that is also the beginning of another', 'echo-00000', 'echo-00000'],
  ['a unique beginning', 'code-server-1', 'code-server-1a2b3'],
])('%s', (_what, given, wanted) => {
  expect(resolveId(given, ids)).toBe(wanted);
});

test.each([
  ['nothing fits', 'jupyter', 'not_found', 'There is no workspace "jupyter".'],
  ['empty', '', 'not_found', 'There is no workspace "".'],
  [
    'several fit',
    'code',
    'invalid_spec',
    '"code" is the beginning of several workspaces: code-server-1a2b3, code-server-9f8e7.',
  ],
])('%s: an error with a remedy', (_what, given, code, message) => {
  expect(() => resolveId(given, ids)).toThrow(expect.objectContaining({ code, message, remedy: expect.any(String) }));
  expect(() => resolveId(given, ids)).toThrow(GuildNetError);
});

const several = ['box', 'box@two', 'far-1@two', 'far-2@two', 'far-1@three'];

test.each<[string, string | undefined, string]>([
  ['box', undefined, 'box'],
  ['box@two', undefined, 'box@two'],
  ['bo@two', undefined, 'box@two'],
  ['bo', 'two', 'box@two'],
  ['far-1', 'three', 'far-1@three'],
  ['box', 'two', 'box@two'],
])('of several contexts, %s with %s is %s', (given, label, wanted) => {
  expect(resolveId(given, several, 'workspace', label)).toBe(wanted);
});

test('what is gone in the context in use is not looked for in another, which is named', () => {
  expect(() => resolveId('far-1', several)).toThrow(
    expect.objectContaining({ code: 'not_found', remedy: 'In other contexts there is far-1@three, far-1@two.' }),
  );
  expect(() => resolveId('far@two', several)).toThrow(expect.objectContaining({ code: 'invalid_spec' }));
});

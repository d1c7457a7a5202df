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

import { expect, test } from 'vitest';
import { isWorkspaceId, qualifiedId, readQualifiedId } from './qualified-id.ts';

test.each<[string, string, string | undefined]>([
  ['code-server-abc12', 'code-server-abc12', undefined],
  ['code-server-abc12@staging', 'code-server-abc12', 'staging'],
  ['a---b@c', 'a---b', 'c'],
])('%s', (text, id, label) => {
  expect(readQualifiedId(text)).toEqual({ id, label });
  expect(qualifiedId(id, label)).toBe(text);
  expect(isWorkspaceId(text)).toBe(true);
});

test.each(['', '@', 'a@', '@b', 'a@B', 'A@b', 'a@b@c', 'a.b', 'a@b.c', 'a@b/..', `${'a'.repeat(64)}@b`])(
  '%j is no id of a workspace',
  (text) => {
    expect(isWorkspaceId(text)).toBe(false);
  },
);

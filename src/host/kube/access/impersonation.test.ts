import { expect, test } from 'vitest';
import type { UserFields } from '../kubeconfig/schema.ts';
import { impersonationHeaders } from './impersonation.ts';

test.each<[string, UserFields, Record<string, string | string[]>]>([
  ['nobody', {}, {}],
  ['a user', { as: 'jane' }, { 'Impersonate-User': 'jane' }],
  [
    'all of somebody',
    { as: 'jane', 'as-uid': '7', 'as-groups': ['a', 'b'], 'as-user-extra': { scopes: ['x', 'y'], none: [] } },
    {
      'Impersonate-User': 'jane',
      'Impersonate-Uid': '7',
      'Impersonate-Group': ['a', 'b'],
      'Impersonate-Extra-scopes': ['x', 'y'],
    },
  ],
  [
    'a key that no header has',
    { as: 'j', 'as-user-extra': { 'example.org/a b%': ['v'] } },
    { 'Impersonate-User': 'j', 'Impersonate-Extra-example.org%2Fa%20b%25': ['v'] },
  ],
  ['a name beyond ASCII', { as: 'jörg' }, { 'Impersonate-User': 'jÃ¶rg' }],
])('%s', (_what, user, headers) => {
  expect(impersonationHeaders(user)).toEqual(headers);
});

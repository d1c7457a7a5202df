import { expect, test } from 'vitest';
import { nearestNames } from './nearest-names.ts';

const names = ['code-server-1a2b3', 'code-server-1a2b4', 'jupyter-00c0c', 'alpine-fffff', 'a', 'code-server-99999'];

test.for([
  ['code-server-1a2bx', ['code-server-1a2b3', 'code-server-1a2b4', 'code-server-99999']],
  ['jupiter-00c0c', ['jupyter-00c0c']],
  ['code', ['code-server-1a2b3', 'code-server-1a2b4', 'code-server-99999']],
  ['alpine-ffff', ['alpine-fffff']],
  ['quite-another', []],
  ['', []],
  ['x'.repeat(100_000), []],
] as const)('by %s were probably meant %j', ([given, expected]) => {
  expect(nearestNames(given, names)).toEqual(expected);
});

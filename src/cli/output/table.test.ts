import { expect, test } from 'vitest';
import { formatTable } from './table.ts';

test.each([
  ['no rows', [], ''],
  ['one cell', [['a']], 'a'],
  [
    'columns of different widths',
    [
      ['NAME', 'PHASE'],
      ['code-server-12345', 'Running'],
    ],
    'NAME               PHASE\ncode-server-12345  Running',
  ],
  [
    'an empty last cell',
    [
      ['a', ''],
      ['b', 'c'],
    ],
    'a\nb  c',
  ],
  ['rows of different lengths', [['a'], ['bb', 'c']], 'a\nbb  c'],
])('%s', (_what, rows, wanted) => {
  expect(formatTable(rows)).toBe(wanted);
});

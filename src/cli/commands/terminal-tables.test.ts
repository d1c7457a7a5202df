import { expect, test } from 'vitest';
import { amount } from './copy.ts';
import { terminalTable } from './shell.ts';

test('terminals are listed with their state', () => {
  const one = { session: '5f1c0a9be2', created_at: '2026-11-26T08:00:00Z', title: '', cols: 80, rows: 24, attached: 0 };
  const table = terminalTable(
    [
      { ...one, title: 'me@pod: ~', attached: 2 },
      { ...one, session: 'aa' },
      { ...one, session: 'bb', exit_code: 3 },
    ],
    Date.parse('2026-11-26T08:05:00Z'),
  );
  const lines = table.split('\n').map((line) => line.trimEnd().split(/ {2,}/));
  expect(lines).toEqual([
    ['SESSION', 'AGE', 'SIZE', 'STATE', 'TITLE'],
    ['5f1c0a9be2', '5m', '80x24', 'open, 2 looking', 'me@pod: ~'],
    ['aa', '5m', '80x24', 'open'],
    ['bb', '5m', '80x24', 'ended with 3'],
  ]);
});

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1_000, '1.0 kB'],
  [200_000, '200.0 kB'],
  [3_450_000, '3.5 MB'],
  [12_000_000_000, '12.0 GB'],
])('%i is %s', (bytes, text) => {
  expect(amount(bytes)).toBe(text);
});

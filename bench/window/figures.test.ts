import { expect, test } from 'vitest';
import { conditions, measures, windowRows } from './figures.ts';
import type { Condition, Stretch } from './figures.ts';

const value: Record<Condition, number> = { quiet: 10, beside: 20, proxy: 30, resync: 15, both: 40 };
const stretch = (condition: Condition, more = 0): Stretch => ({
  condition,
  figures: Object.fromEntries(measures.map(([name]) => [name, value[condition] + more])),
  bytes: condition === 'quiet' || condition === 'resync' ? 0 : 1e9,
  seconds: 8,
});

test('each measure stands beside the quiet window and beside the same load in another process, by the medians', () => {
  const rows = windowRows([-1, 0, 5].flatMap((more) => conditions.map((one) => stretch(one, more))));
  expect(rows[1]).toEqual(['frame, p95 ms', '10.0', '20.0', '30.0', '15.0', '40.0', '3.00', '1.50', '4.00']);
  expect(rows.at(-1)).toEqual(['MB/s', '', '125', '125', '', '125', '', '', '']);
  expect(new Set(rows.map(({ length }) => length))).toEqual(new Set([9]));
});

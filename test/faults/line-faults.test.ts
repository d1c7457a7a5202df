import { expect, test } from 'vitest';
import { lineFaults, planLineFaults } from './line-faults.ts';

test('fifty faults are of every kind, in an order of their seed', () => {
  const kinds = planLineFaults(50, 1).map(({ kind }) => kind);
  const counts = Object.fromEntries(
    [...new Set(kinds)].map((kind) => [kind, kinds.filter((it) => it === kind).length]),
  );
  expect(counts).toEqual({ cut: 27, away: 9, asleep: 9, moved: 1, 'api-server': 1, restarted: 2, replaced: 1 });
  expect(planLineFaults(50, 1)).toEqual(planLineFaults(50, 1));
  expect(planLineFaults(50, 2)).not.toEqual(planLineFaults(50, 1));
});

test('kinds that are left out come no more, and the others as often', () => {
  const others = lineFaults.filter((kind) => kind !== 'replaced');
  const kinds = planLineFaults(49, 4, others).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'cut')).toHaveLength(27);
  expect(kinds).not.toContain('replaced');
  expect(planLineFaults(3, 4, [])).toEqual([]);
});

test('what lasts, lasts for a while that a page outlives', () => {
  for (const { kind, lastsMs } of planLineFaults(500, 3)) {
    expect(lastsMs >= 200).toBe(kind === 'away' || kind === 'asleep' || kind === 'moved');
    expect(lastsMs).toBeLessThanOrEqual(6_000);
  }
});

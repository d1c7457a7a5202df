import { expect, test } from 'vitest';
import type { FaultOutcome } from '#test/faults/fault-outcome.ts';
import { faultRows, isUnbroken } from './figures.ts';

const fine = { lost: 0, renewed: 0, refused: 0 };
const outcomes: FaultOutcome[] = [
  ...Array.from({ length: 19 }, (): FaultOutcome => ({ kind: 'cut', recoveryMs: 100, ...fine })),
  { kind: 'cut', recoveryMs: 900, ...fine, refused: 2 },
  { kind: 'replaced', recoveryMs: 50, ...fine, renewed: 3 },
];

test('what each kind cost stands in a row, and the sum in the last one', () => {
  expect(faultRows(outcomes)).toEqual([
    ['fault', 'times', 'lost', 'ended', 'refused', 'p50 ms', 'p95 ms', 'most ms'],
    ['cut', '20', '0', '0', '2', '100', '100', '900'],
    ['replaced', '1', '0', '3', '0', '50', '50', '50'],
    ['all', '21', '0', '3', '2', '100', '100', '900'],
  ]);
});

test('unbroken is what loses nothing and ends by a replaced pod alone', () => {
  expect(isUnbroken(outcomes, 3)).toBe(true);
  expect(isUnbroken(outcomes, 2)).toBe(false);
  expect(isUnbroken([{ kind: 'cut', recoveryMs: 1, ...fine, lost: 1 }], 3)).toBe(false);
  expect(isUnbroken([{ kind: 'asleep', recoveryMs: 1, ...fine, renewed: 1 }], 3)).toBe(false);
});

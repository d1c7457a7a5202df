import { expect, test } from 'vitest';
import type { CheckReport, CheckState } from '#contract/doctor.ts';
import { byUrgency, verdict } from './finding-words.ts';

const checks = (...states: CheckState[]): CheckReport[] =>
  states.map((state, index) => ({ id: `${state}-${String(index)}`, title: state, state, findings: [] }));

test.each<[CheckState[], string]>([
  [['ok', 'skipped'], 'Nothing is wrong.'],
  [['ok', 'error'], '1 thing is wrong.'],
  [['error', 'error', 'warning'], '2 things are wrong, 1 could be better.'],
  [['warning', 'ok'], '1 could be better.'],
])('%j: %s', (states, expected) => {
  expect(verdict({ checks: checks(...states) })).toBe(expected);
});

test('what is wrong comes first, and equals stay in their order', () => {
  expect(byUrgency(checks('skipped', 'ok', 'error', 'ok', 'warning')).map(({ id }) => id)).toEqual([
    'error-2',
    'warning-4',
    'ok-1',
    'ok-3',
    'skipped-0',
  ]);
});

import { expect, test } from 'vitest';
import type { AuditEntry } from '#contract/audit.ts';
import { byDay, callWords, dayWords, outcomeOf, timesWords } from './entry-words.ts';

const entry = (at: Date): AuditEntry => ({
  at: at.toISOString(),
  who: 'user:anna',
  call: 'workspaces.stop',
  decision: 'allowed',
  rule: 'r',
  outcome: 'ok',
});

test.each([
  ['workspaces.stop', 'Stop'],
  ['workspace.open', 'Open'],
  ['something.newer', 'something.newer'],
  ['toString', 'toString'],
])('%s is called %s', (call, words) => {
  expect(callWords(call)).toBe(words);
});

test.each([
  ['allowed', 'ok', undefined],
  ['allowed', 'not_found', { tone: 'wait', text: 'not_found' }],
  ['denied', 'forbidden', { tone: 'bad', text: 'refused' }],
] as const)('%s, %s', (decision, outcome, shown) => {
  expect(outcomeOf({ decision, outcome })).toEqual(shown);
});

test('what was refused over and over says how often', () => {
  expect(timesWords({})).toBeUndefined();
  expect(timesWords({ repeated: 1_999 })).toBe('2,000 times');
});

test('entries stand below their days', () => {
  const [noon, morning, before] = [
    new Date(2026, 10, 26, 12),
    new Date(2026, 10, 26, 0, 0, 1),
    new Date(2026, 10, 25, 23, 59),
  ].map(entry);
  if (noon === undefined || morning === undefined || before === undefined) throw new Error('three were made');
  expect(byDay([])).toEqual([]);
  expect(byDay([noon, morning, before])).toEqual([
    { at: new Date(2026, 10, 26).getTime(), entries: [noon, morning] },
    { at: new Date(2026, 10, 25).getTime(), entries: [before] },
  ]);
});

test.each([
  [new Date(2026, 10, 26), 'Today'],
  [new Date(2026, 10, 25), 'Yesterday'],
  [new Date(2026, 10, 24), 'Tuesday, November 24, 2026'],
])('%s', (day, words) => {
  expect(dayWords(day.getTime(), new Date(2026, 10, 26, 23, 59, 59).getTime())).toBe(words);
});

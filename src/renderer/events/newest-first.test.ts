import { expect, test } from 'vitest';
import { newestFirst } from './newest-first.ts';

const event = (reason: string, time: string) => ({
  type: 'Normal' as const,
  reason,
  message: '',
  about: { kind: 'Pod', name: 'p' },
  count: 1,
  last_at: time,
});

test('the newest first, those without a time last', () => {
  const events = [
    event('no time', ''),
    event('old', '2026-01-01T10:00:00Z'),
    event('same, earlier told', '2026-01-01T11:00:00Z'),
    event('same, later told', '2026-01-01T11:00:00Z'),
    event('finer', '2026-01-01T11:00:00.5Z'),
  ];
  expect(newestFirst(events).map(({ reason }) => reason)).toEqual([
    'finer',
    'same, later told',
    'same, earlier told',
    'old',
    'no time',
  ]);
});

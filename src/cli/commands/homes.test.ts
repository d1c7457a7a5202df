import { expect, test } from 'vitest';
import type { Home } from '#contract/home.ts';
import { localTime } from '../output/local-time.ts';
import { homeTable } from './homes.ts';

const now = Date.parse('2026-03-01T12:00:00Z');
const soon = '2026-03-01T15:00:00.000Z';

test('homes stand in the order in which they go, those in use last', () => {
  const homes: Home[] = [
    { id: 'used', state: 'used', size: '10Gi', image: 'a' },
    { id: 'for-ever', state: 'kept', size: '1Gi' },
    { id: 'next', state: 'kept', size: '5Gi', image: 'b', retained_until: soon },
  ];
  const lines = homeTable(homes, now).split('\n');
  expect(lines[0]).toMatch(/^NAME\s+STATE\s+SIZE\s+KEPT UNTIL\s+IMAGE$/);
  expect(lines[1]).toMatch(/^next\s+kept\s+5Gi/);
  expect(lines[1]).toContain(`${localTime(soon)} (3h)`);
  expect(lines[2]).toMatch(/^for-ever\s+kept\s+1Gi\s+you delete it$/);
  expect(lines[3]).toMatch(/^used\s+used\s+10Gi\s+-\s+a$/);
});

test('no homes, no table', () => {
  expect(homeTable([], now)).toBe('');
});

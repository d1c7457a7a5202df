import { expect, test } from 'vitest';
import type { LogLine } from '#contract/logs.ts';
import { clockTime, copiedText, keptLines, matchingLines, mostKept } from './kept-lines.ts';

const line = (msg: string): LogLine => ({ t: '2026-11-26T08:00:00.123456789Z', lvl: 'info', msg });
const lines = (count: number): LogLine[] => Array.from({ length: count }, (_, n) => line(String(n)));

test('the newest lines are kept, and are the same objects', () => {
  const old = lines(mostKept);
  const kept = keptLines(old, [line('new')]);
  expect(kept).toHaveLength(mostKept);
  expect(kept[0]).toBe(old[1]);
  expect(kept.at(-1)?.msg).toBe('new');
  expect(keptLines([], lines(3))).toHaveLength(3);
});

test('so is no more text than fits, but one line in any case', () => {
  const long = line('x'.repeat(1024 * 1024));
  expect(keptLines(lines(5), [long, long, long]).map(({ msg }) => msg.length)).toEqual([1024 * 1024, 1024 * 1024]);
  expect(keptLines([], [line('x'.repeat(3 * 1024 * 1024))])).toHaveLength(1);
});

test('a search leaves what has the words, and what the host says', () => {
  const notice: LogLine = { ...line('restarted'), notice: 'restarted' };
  const all = [line('GET /a'), notice, line('get /b'), line('POST /a')];
  expect(matchingLines(all, ' Get ')).toEqual([all[0], notice, all[2]]);
  expect(matchingLines(all, '')).toBe(all);
  expect(matchingLines(all, '<b>.*')).toEqual([notice]);
});

test('times', () => {
  expect(copiedText([line('a'), line('b')])).toBe(
    '2026-11-26T08:00:00.123456789Z a\n2026-11-26T08:00:00.123456789Z b\n',
  );
  expect(clockTime(new Date(2026, 10, 26, 8, 5, 9, 7).toISOString())).toBe('08:05:09.007');
  expect(clockTime('never')).toBe('');
});

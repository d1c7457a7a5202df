import { expect, test } from 'vitest';
import { comparison, median, medians, ratio, split } from './figures.ts';
import type { Moments } from './figures.ts';

const moments: Moments = {
  accepted: 10,
  podCreated: 40,
  scheduled: 45,
  started: 500,
  ready: 1500,
  seen: 1520,
  firstByte: 1550,
};

test('the parts of a launch add up to its total', () => {
  const { total, ...durations } = split(moments);
  expect(durations).toEqual({
    API: 10,
    'pod created': 30,
    scheduling: 5,
    'container start': 455,
    ready: 1000,
    'readiness seen': 20,
    'first byte': 30,
  });
  expect(Object.values(durations).reduce((sum, one) => sum + one, 0)).toBe(total);
});

test('a moment seen before the one that goes before it takes no time, and the sum stays', () => {
  const { total, ...durations } = split({ ...moments, podCreated: 8 });
  expect(durations['pod created']).toBe(0);
  expect(Object.values(durations).reduce((sum, one) => sum + one, 0)).toBe(total);
});

test.each([
  [[3], 3],
  [[1, 9, 2], 2],
  [[4, 1, 3, 2], 2.5],
  [[], Number.NaN],
])('median of %j', (values, wanted) => {
  expect(median(values)).toBe(wanted);
});

test('medians are taken part by part', () => {
  const slow = split({ ...moments, firstByte: 3000 });
  expect(medians([split(moments), slow, slow])).toMatchObject({ API: 10, total: 3000 });
});

test.each([
  [100, 50, '2.00'],
  [50, 100, '0.50'],
  [3, 0.2, ''],
])('ratio of %d and %d', (one, other, wanted) => {
  expect(ratio(one, other)).toBe(wanted);
});

test('the comparison has a line for each part', () => {
  const rows = comparison(split(moments), split(moments));
  expect(rows).toHaveLength(9);
  expect(rows.at(-1)).toEqual(['total', '1550', '1550', '1.00']);
});

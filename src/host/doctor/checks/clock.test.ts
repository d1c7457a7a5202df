import { expect, test } from 'vitest';
import { judgeSkew, skewOf } from './clock.ts';

// The server says whole seconds: at 10.9 s it says 10 s.
test.each([
  ['the same', 10_000, 10_000, 10_200, 0],
  ['within the second that the server does not say', 10_000, 10_950, 10_990, 0],
  ['a slow answer proves nothing', 10_000, 8_000, 13_000, 0],
  ['ahead', 10_000, 71_000, 71_100, 60_000],
  ['behind', 100_000, 40_000, 40_100, -59_900],
])('the skew of a clock: %s', (_what, date, sent, received, skew) => {
  expect(skewOf(date, sent, received)).toBe(skew);
});

test.each([
  [0, 'ok', /agree/],
  [29_999, 'ok', /agree/],
  [-45_000, 'warning', /45 s behind/],
  [300_000, 'error', /300 s ahead of .* expired/],
])('%i ms are %s', (skew, state, words) => {
  const finding = judgeSkew(skew);
  expect(finding.state).toBe(state);
  expect(finding.message).toMatch(words);
});

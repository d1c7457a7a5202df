import { expect, test } from 'vitest';
import { popUpSize, popUpTitle } from './pop-up-shape.ts';

const screen = { width: 1_920, height: 1_040 };

test.each([
  ['nothing wished', {}, { width: 1_000, height: 700 }],
  ['a size', { width: 640, height: 480 }, { width: 640, height: 480 }],
  ['the whole screen', { width: 1_920, height: 1_080 }, { width: 1_728, height: 936 }],
  ['more than any screen', { width: 1e9, height: Number.POSITIVE_INFINITY }, { width: 1_728, height: 700 }],
  ['less than can be seen', { width: 1, height: 0 }, { width: 320, height: 240 }],
  ['less than nothing', { width: -5, height: Number.NaN }, { width: 320, height: 700 }],
  ['parts of a pixel', { width: 640.4, height: 480.6 }, { width: 640, height: 481 }],
])('%s', (_what, wish, wanted) => {
  expect(popUpSize(wish, screen)).toEqual(wanted);
});

test('a small screen still leaves a window that can be seen', () => {
  expect(popUpSize({ width: 5_000 }, { width: 200, height: 200 })).toEqual({ width: 320, height: 240 });
});

test.each([
  ['Preview', 'cs-1a2b3 — Preview'],
  ['', 'cs-1a2b3 — GuildNet'],
  ['   ', 'cs-1a2b3 — GuildNet'],
  ['a\nb\u0000c', 'cs-1a2b3 — a b c'],
  ['\u202Egnp.exe', 'cs-1a2b3 — gnp.exe'],
  ['\u2066x\u2069', 'cs-1a2b3 — x'],
])('title %j', (title, wanted) => {
  expect(popUpTitle('cs-1a2b3', title)).toBe(wanted);
});

test('a title that would push the name out of sight is cut', () => {
  expect(popUpTitle('cs', 'x'.repeat(10_000))).toHaveLength('cs — '.length + 120);
});

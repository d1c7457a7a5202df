import { expect, test } from 'vitest';
import { isIdeShowable } from './showable.ts';

test.each([
  ['Running', false, true],
  ['Running', true, true],
  ['Starting', false, false],
  ['Starting', true, true],
  ['Pending', true, true],
  ['Stopped', true, false],
  ['Failed', true, false],
  ['Terminating', true, false],
  [undefined, true, false],
] as const)('%s, open before: %s', (phase, wasOpen, shown) => {
  expect(isIdeShowable(phase, wasOpen)).toBe(shown);
});

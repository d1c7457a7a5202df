import { expect, test } from 'vitest';
import { createGpuCrashes, isCrash } from './after-gpu-crash.ts';

test('three crashes in a short while are too many', () => {
  let now = 0;
  const crashes = createGpuCrashes(() => now);
  expect(crashes.crashed()).toBe('go-on');
  now = 60_000;
  expect(crashes.crashed()).toBe('go-on');
  now = 120_000;
  expect(crashes.crashed()).toBe('without');
});

test('one crash now and then is an accident', () => {
  let now = 0;
  const crashes = createGpuCrashes(() => now);
  for (let count = 0; count < 20; count += 1) {
    now += 150_001;
    expect(crashes.crashed()).toBe('go-on');
  }
});

test.each([
  ['crashed', true],
  ['oom', true],
  ['abnormal-exit', true],
  ['launch-failed', true],
  ['integrity-failure', true],
  ['clean-exit', false],
  ['killed', false],
])('%s', (reason, wanted) => {
  expect(isCrash(reason)).toBe(wanted);
});

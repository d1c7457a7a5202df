import { expect, test } from 'vitest';
import { phases } from '#contract/workspace.ts';
import { phaseWords, stepsOf } from './phase-words.ts';

test('every phase has words', () => {
  for (const phase of phases) {
    const words = phaseWords({ phase });
    expect(words.title).not.toBe('');
    expect(words.text).toMatch(/[.…]$/);
  }
});

test('a workspace without a page says so instead of waiting for one', () => {
  expect(phaseWords({ phase: 'Running' }).text).toMatch(/no page/);
  expect(phaseWords({ phase: 'Running', ide_url: 'https://a.localhost:8080/' }).text).toMatch(/Opening/);
});

test.each([
  ['Pending', ['done', 'now', 'ahead']],
  ['Starting', ['done', 'done', 'now']],
  ['Running', undefined],
  ['Failed', undefined],
  ['Stopped', undefined],
] as const)('the steps of %s', (phase, states) => {
  expect(stepsOf(phase)?.map((step) => step.state)).toEqual(states);
});

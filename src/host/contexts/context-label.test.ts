import { expect, test } from 'vitest';
import { isDnsLabel } from '#contract/names.ts';
import { contextLabel } from './context-label.ts';

test.each([
  ['staging', /^staging$/],
  ['kind-2', /^kind-2$/],
  ['Staging', /^staging-[0-9a-f]{6}$/],
  ['a--b', /^a-b-[0-9a-f]{6}$/],
  ['kubernetes-admin@kubernetes', /^kubernetes-ad-[0-9a-f]{6}$/],
  ['arn:aws:eks:eu-central-1:123456789012:cluster/prod', /^arn-aws-eks-e-[0-9a-f]{6}$/],
  ['2nd', /^w-2nd-[0-9a-f]{6}$/],
  ['日本', /^context-[0-9a-f]{6}$/],
  ['x'.repeat(4_096), /^x{13}-[0-9a-f]{6}$/],
])('%s', (name, label) => {
  expect(contextLabel(name)).toMatch(label);
  expect(isDnsLabel(contextLabel(name))).toBe(true);
  expect(contextLabel(name)).not.toContain('--');
});

test('names that come to the same have labels of their own', () => {
  expect(new Set(['Dev', 'dev', 'DEV', 'dev_'].map(contextLabel)).size).toBe(4);
});

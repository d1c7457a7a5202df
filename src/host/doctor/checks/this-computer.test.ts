import { expect, test } from 'vitest';
import { judgeDisk } from './disk.ts';
import { judgeLocalCluster } from './local-cluster.ts';
import type { LocalPhase } from './local-cluster.ts';
import { judgeNamespace } from './namespace.ts';
import type { FoundNamespace } from './namespace.ts';

const gibibyte = 2 ** 30;

test.each([
  [40 * gibibyte, 'ok'],
  [10 * gibibyte, 'ok'],
  [4 * gibibyte, 'warning'],
  [0.4 * gibibyte, 'error'],
  [0, 'error'],
])('%i bytes that are left are %s', (free, state) => {
  const finding = judgeDisk(free, '/home/ann/.guildnet');
  expect(finding.state).toBe(state);
  expect(finding.message).toContain('/home/ann/.guildnet');
});

const cannot = { available: false, reason: 'It takes Linux.', remedy: 'Use another.' } as const;
test.each<[LocalPhase, { available: true } | typeof cannot, string, RegExp]>([
  ['running', { available: true }, 'ok', /runs/],
  ['running', cannot, 'ok', /runs/],
  ['stopped', { available: true }, 'ok', /stopped/],
  ['degraded', { available: true }, 'error', /have ended/],
  ['absent', { available: true }, 'ok', /guildnet cluster up/],
  ['absent', cannot, 'skipped', /It takes Linux/],
])('a local cluster that is %s', (phase, can, state, words) => {
  const finding = judgeLocalCluster(can, phase);
  expect(finding.state).toBe(state);
  expect(finding.message).toMatch(words);
});

test.each<[FoundNamespace, string]>([
  ['there', 'ok'],
  ['going', 'error'],
  ['missing', 'error'],
  ['hidden', 'skipped'],
])('a namespace that is %s is %s', (found, state) => {
  const finding = judgeNamespace('dev', found);
  expect(finding.state).toBe(state);
  expect(finding.message).toContain('"dev"');
});

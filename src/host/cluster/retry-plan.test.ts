import { expect, test } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import type { ErrorCode } from '#contract/errors.ts';
import { retryPlan } from './retry-plan.ts';

const rows: [ErrorCode, number, ReturnType<typeof retryPlan>][] = [
  ['no_cluster', 1, { phase: 'none', afterMilliseconds: undefined }],
  ['bad_config', 1, { phase: 'refused', afterMilliseconds: 10_000 }],
  ['cluster_unauthorized', 9, { phase: 'refused', afterMilliseconds: 10_000 }],
  ['forbidden', 1, { phase: 'refused', afterMilliseconds: 10_000 }],
  ['cluster_offline', 1, { phase: 'offline', afterMilliseconds: 500 }],
  ['cluster_offline', 3, { phase: 'offline', afterMilliseconds: 2_000 }],
  ['cluster_offline', 99, { phase: 'offline', afterMilliseconds: 15_000 }],
  ['timeout', 2, { phase: 'offline', afterMilliseconds: 1_000 }],
  ['internal', 1, { phase: 'offline', afterMilliseconds: 500 }],
];
test.each(rows)('%s, failed %s times', (code, failures, plan) => {
  expect(retryPlan(new GuildNetError(code, ''), failures, 0.5)).toEqual(plan);
});

test('the wait is spread by a quarter both ways', () => {
  const error = new GuildNetError('cluster_offline', '');
  expect(retryPlan(error, 2, 0).afterMilliseconds).toBe(750);
  expect(retryPlan(error, 2, 0.999_999).afterMilliseconds).toBe(1250);
});

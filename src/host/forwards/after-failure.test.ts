import { expect, test } from 'vitest';
import type { PodStanding } from '../proxy/waiting/pod-standing.ts';
import { TunnelError } from '../proxy/transport/tunnel-error.ts';
import type { TunnelFailure } from '../proxy/transport/tunnel-error.ts';
import { afterFailure } from './after-failure.ts';
import type { AfterFailure } from './after-failure.ts';

test.each<[TunnelFailure, boolean, PodStanding, AfterFailure]>([
  ['refused', true, 'serving', 'look'],
  ['refused', true, 'passed over', 'again'],
  ['refused', true, 'leaving', 'again'],
  ['gone', false, 'serving', 'look'],
  ['gone', true, 'leaving', 'again'],
  ['offline', false, 'serving', 'pause'],
  ['lost', false, 'leaving', 'pause'],
  ['lost', true, 'leaving', 'reset'],
  ['lost', true, 'serving', 'reset'],
  ['severed', true, 'serving', 'reset'],
  ['severed', false, 'serving', 'pause'],
  ['denied', false, 'serving', 'reset'],
  ['unauthorized', false, 'serving', 'reset'],
  ['protocol', false, 'leaving', 'reset'],
])('%s, begun %s, of a pod that is %s: %s', (failure, begun, pod, expected) => {
  const error = new TunnelError(failure, 'x');
  expect(afterFailure({ failure: error, begun, repeatable: true, pod })).toBe(expected);
  expect(afterFailure({ failure: error, begun, repeatable: false, pod })).toBe('reset');
});

test('what nobody has foreseen is not repeated', () => {
  expect(afterFailure({ failure: new Error('x'), begun: false, repeatable: true, pod: 'leaving' })).toBe('reset');
});

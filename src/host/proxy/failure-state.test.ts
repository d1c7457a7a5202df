import { expect, test } from 'vitest';
import { asksForState, failureState } from './failure-state.ts';

test.each([
  ['not_ready', 'Pending', 'The workspace is starting', 1],
  ['not_ready', 'Starting', 'The workspace is starting', 1],
  ['not_ready', 'Running', 'The workspace is not ready', 1],
  ['not_ready', 'Failed', 'The workspace has failed', 5],
  ['not_ready', 'Stopped', 'The workspace is stopped', 5],
  ['not_ready', undefined, 'The workspace is not ready', 1],
  ['cluster_offline', undefined, 'The cluster does not answer', 5],
  ['upstream_failed', undefined, 'The workspace could not be reached', 5],
  ['not_found', undefined, 'There is no such workspace', 10],
  ['forbidden', undefined, 'This is not allowed', undefined],
  ['of_a_newer_host', undefined, 'The workspace could not be reached', undefined],
])('%s while %s', (code, phase, title, look) => {
  const state = failureState({ code, message: 'm', details: { phase, reason: 'R', remedy: 'r' } });
  expect(state).toEqual({ title, message: 'm', remedy: 'r', code, reason: 'R', look, wakes: false });
});

test('what is no text is not shown', () => {
  const details = { phase: 1, reason: { a: 1 }, remedy: ['x'], wakes: 'yes' };
  expect(failureState({ code: 'not_ready', message: 'm', details })).toMatchObject({
    title: 'The workspace is not ready',
    remedy: undefined,
    reason: undefined,
    wakes: false,
  });
});

test('only our page asks for the state', () => {
  expect(asksForState({ 'x-guildnet-waiting': 'state' })).toBe(true);
  expect(asksForState({ accept: 'application/json' })).toBe(false);
});

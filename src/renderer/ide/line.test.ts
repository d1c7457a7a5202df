import { expect, test } from 'vitest';
import { lineOf, type LineFacts } from './line.ts';

const whole: LineFacts = {
  link: 'live',
  cluster: 'online',
  server: { phase: 'Running', started_at: 'a' },
  openedWith: 'a',
};

test.each<[string, Partial<LineFacts>, ReturnType<typeof lineOf>]>([
  ['nothing is wrong', {}, 'whole'],
  ['the host is out of reach', { link: 'lost' }, 'reconnecting'],
  ['the cluster is out of reach', { cluster: 'offline' }, 'reconnecting'],
  ['of the cluster nothing is known yet', { cluster: undefined }, 'whole'],
  ['its pod is being replaced', { server: { phase: 'Starting' } }, 'reconnecting'],
  ['it has a new pod, or its program was started again', { server: { phase: 'Running', started_at: 'b' } }, 'renewed'],
  ['when it was started is not known now', { server: { phase: 'Running' } }, 'whole'],
  ['when it was started was not known then', { openedWith: undefined }, 'whole'],
])('%s', (_what, change, expected) => {
  expect(lineOf({ ...whole, ...change })).toBe(expected);
});

import { expect, test } from 'vitest';
import type { TransportStatus } from '#contract/transport.ts';
import { transportSteps } from './transport-steps.ts';

const again = '2026-11-26T08:00:00.000Z';

test.each<[string, TransportStatus, string[]]>([
  [
    'the first one, of which nothing is known',
    {
      kind: 'spdy',
      losses: [],
      ways: [
        { kind: 'spdy', state: 'untried' },
        { kind: 'channels', state: 'untried' },
      ],
    },
    ['taken spdy: Nothing has gone by it yet.'],
  ],
  [
    'the first one, which works',
    { kind: 'spdy', losses: [], ways: [{ kind: 'spdy', state: 'works' }] },
    ['taken spdy: It works.'],
  ],
  [
    'a later one, after those that are shut or not proven',
    {
      kind: 'channels',
      losses: [],
      ways: [
        { kind: 'spdy', state: 'shut', why: 'no SPDY here', again_at: again },
        { kind: 'spdy-websocket', state: 'untried' },
        { kind: 'channels', state: 'works' },
        { kind: 'pod-proxy', state: 'shut', why: 'not allowed', again_at: again },
      ],
    },
    [
      `passed spdy: no SPDY here It is tried again after ${again}.`,
      'passed spdy-websocket: Nothing has gone by it yet.',
      'taken channels: It works.',
    ],
  ],
  [
    'one that is shut, since all are',
    { kind: 'spdy', losses: [], ways: [{ kind: 'spdy', state: 'shut', why: 'no SPDY here', again_at: again }] },
    ['taken spdy: no SPDY here'],
  ],
  [
    'one that this port alone needs',
    { kind: 'pod-proxy', why: 'Nothing listens at the loopback.', losses: [], ways: [] },
    ['taken pod-proxy: Nothing listens at the loopback.'],
  ],
])('%s', (_what, status, expected) => {
  const steps = transportSteps(status);
  expect(steps.map(({ outcome, why }) => `${outcome} ${why}`)).toEqual(expected);
});

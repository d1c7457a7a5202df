import { expect, test } from 'vitest';
import { amountsOf, podRequests } from './pod-requests.ts';
import type { PodNeeds } from './pod-requests.ts';

const Mi = 1024 ** 2;
const asks = (cpu: string, memory: string) => ({ resources: { requests: { cpu, memory } } });
const sidecar = (cpu: string, memory: string) => ({ ...asks(cpu, memory), restartPolicy: 'Always' });

test.each<[string, PodNeeds, { cpu: number; memory: number }]>([
  ['nothing is asked for', { containers: [{}] }, { cpu: 0, memory: 0 }],
  ['containers together', { containers: [asks('500m', '64Mi'), asks('1', '128Mi')] }, { cpu: 1.5, memory: 192 * Mi }],
  [
    'what initialises it, where that is more: each amount by itself',
    { initContainers: [asks('2', '1Mi'), asks('1', '32Mi')], containers: [asks('500m', '64Mi')] },
    { cpu: 2, memory: 64 * Mi },
  ],
  [
    'sidecars run beside everything that comes after them',
    {
      initContainers: [asks('1', '0'), sidecar('500m', '16Mi'), asks('1', '100Mi')],
      containers: [asks('250m', '64Mi')],
    },
    { cpu: 1.5, memory: 116 * Mi },
  ],
  [
    'the pod as a whole, for what it says',
    { resources: { requests: { cpu: '2' } }, containers: [asks('100m', '64Mi')] },
    { cpu: 2, memory: 64 * Mi },
  ],
  [
    'the overhead of its runtime',
    { overhead: { cpu: '250m', memory: '120Mi' }, containers: [asks('250m', '8Mi')] },
    { cpu: 0.5, memory: 128 * Mi },
  ],
])('%s', (_what, needs, expected) => expect(podRequests(needs)).toEqual(expected));

test('what is no quantity, or less than nothing, is nothing', () => {
  expect(amountsOf({ cpu: 'much', memory: '-1Gi' })).toEqual({ cpu: 0, memory: 0 });
  expect(amountsOf(undefined)).toEqual({ cpu: 0, memory: 0 });
});

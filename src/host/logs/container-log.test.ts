import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { containersOf, instanceOf, newestPod, nextPod } from './container-log.ts';

const ended = { terminated: { exitCode: 1 } };
const pod = (status?: Partial<V1ContainerStatus>): V1Pod => ({
  status: { containerStatuses: status === undefined ? [] : [{ name: 'workspace', ...status } as V1ContainerStatus] },
});

test.each<[string, Partial<V1ContainerStatus> | undefined, ReturnType<typeof instanceOf>]>([
  ['not yet known', undefined, { restart: 0, readable: false, ended: false, hasPrevious: false, hasLast: false }],
  [
    'being made',
    { restartCount: 0, state: { waiting: {} } },
    { restart: 0, readable: false, ended: false, hasPrevious: false, hasLast: false },
  ],
  [
    'running',
    { restartCount: 0, state: { running: {} } },
    { restart: 0, readable: true, ended: false, hasPrevious: false, hasLast: false },
  ],
  [
    'running again',
    { restartCount: 1, state: { running: {} }, lastState: ended },
    { restart: 1, readable: true, ended: false, hasPrevious: true, hasLast: true },
  ],
  [
    'ended',
    { restartCount: 0, state: ended },
    { restart: 0, readable: true, ended: true, hasPrevious: false, hasLast: false },
  ],
  [
    'waiting for its next try',
    { restartCount: 2, state: { waiting: {} }, lastState: ended },
    { restart: 2, readable: true, ended: true, hasPrevious: false, hasLast: true },
  ],
])('a container that is %s', (_what, status, expected) => {
  expect(instanceOf(pod(status), 'workspace')).toEqual(expected);
});

test('every container with a log has a name to ask for, the own one first', () => {
  const named = (name: string) => ({ name });
  const spec = { containers: [named('proxy'), named('workspace')], initContainers: [named('prepare')] };
  expect(containersOf({ spec })).toEqual(['workspace', 'proxy', 'prepare']);
  expect(containersOf(undefined)).toEqual(['workspace']);
});

test('pods are read from the oldest to the newest', () => {
  const aged = (uid: string, second: number): V1Pod => ({
    metadata: { uid, name: uid, creationTimestamp: new Date(second * 1_000) },
  });
  const pods = [aged('c', 3), aged('a', 1), aged('b', 2)];
  expect(newestPod(pods)?.metadata?.uid).toBe('c');
  expect(nextPod(pods, undefined, false)?.metadata?.uid).toBe('c');
  expect(nextPod(pods, 'a', false)?.metadata?.uid).toBe('a');
  expect(nextPod(pods, 'a', true)?.metadata?.uid).toBe('b');
  expect(nextPod(pods, 'c', true)?.metadata?.uid).toBe('c');
  expect(nextPod(pods, 'gone', false)?.metadata?.uid).toBe('c');
  expect(nextPod([], 'gone', false)).toBeUndefined();
});

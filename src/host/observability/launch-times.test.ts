import { expect, test } from 'vitest';
import type { Change } from '../kube/object-store.ts';
import type { ObservedWorkspace } from '../kube/workspace-object.ts';
import { aWorkspace } from '#test/operator/objects.ts';
import { watchLaunches } from './launch-times.ts';

function setting(present: ObservedWorkspace[] = []) {
  let now = 1_000;
  let tell: ((change: Change<ObservedWorkspace>) => void) | undefined;
  const launched: number[] = [];
  const source = {
    list: () => present,
    onChange: (listener: (change: Change<ObservedWorkspace>) => void) => {
      tell = listener;
      return () => undefined;
    },
  };
  watchLaunches(
    source,
    (seconds) => launched.push(seconds),
    () => now,
  );
  return {
    launched,
    see: (object: ObservedWorkspace, afterMs: number, type: 'upsert' | 'delete' = 'upsert') => {
      now += afterMs;
      tell?.({ type, object });
    },
  };
}

const fresh = aWorkspace();
const whenReady = (status: 'True' | 'False'): ObservedWorkspace => ({
  ...fresh,
  status: {
    conditions: [{ type: 'Ready', status, reason: 'R', message: '', lastTransitionTime: '2026-01-01T00:00:00Z' }],
  },
});

test('a launch lasts from when a workspace appears until it is ready, and is told once', () => {
  const { see, launched } = setting();
  see(fresh, 0);
  see(whenReady('False'), 500);
  see(whenReady('True'), 1_000);
  see(whenReady('False'), 60_000);
  see(whenReady('True'), 1_000);
  expect(launched).toEqual([1.5]);
});

test.each([
  ['was there before', [fresh], fresh],
  ['was ready when it appeared', [], whenReady('True')],
  ['was made stopped', [], aWorkspace({ running: false })],
])('a workspace that %s is not measured', (_what, present, first) => {
  const { see, launched } = setting(present);
  see(first, 0);
  see(whenReady('True'), 1_000);
  expect(launched).toEqual([]);
});

test('one that is made again under its name is another', () => {
  const { see, launched } = setting();
  see(fresh, 0);
  see(fresh, 10, 'delete');
  const second = { ...whenReady('True'), metadata: { ...fresh.metadata, uid: 'second' } };
  see({ ...fresh, metadata: second.metadata }, 10_000);
  see(second, 2_000);
  expect(launched).toEqual([2]);
});

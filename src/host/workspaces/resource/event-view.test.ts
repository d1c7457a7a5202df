import { expect, test } from 'vitest';
import { inOrder, toWorkspaceEvent } from './event-view.ts';

const object = {
  metadata: { name: 'e1', uid: 'u1', resourceVersion: '1', creationTimestamp: '2026-11-26T08:00:00Z' },
  involvedObject: { kind: 'Pod', name: 'ws-1', uid: 'p1' },
  type: 'Warning',
  reason: 'BackOff',
  message: 'it printed opensesame',
  count: 3,
  lastTimestamp: '2026-11-26T08:01:00Z',
};
const clean = (text: string): string => text.replaceAll('opensesame', '•••');

test('an Event of the older API is shown with how often and when, and without secrets', () => {
  expect(toWorkspaceEvent(object, clean)).toEqual({
    uid: 'u1',
    event: {
      type: 'Warning',
      reason: 'BackOff',
      message: 'it printed •••',
      about: { kind: 'Pod', name: 'ws-1' },
      count: 3,
      last_at: '2026-11-26T08:01:00.000Z',
    },
  });
});

test('an Event of the newer API counts in its series', () => {
  const { lastTimestamp: _last, count: _count, ...newer } = object;
  const series = { count: 7, lastObservedTime: '2026-11-26T08:05:00Z' };
  expect(toWorkspaceEvent({ ...newer, type: undefined, series }, clean)?.event).toMatchObject({
    type: 'Normal',
    count: 7,
    last_at: '2026-11-26T08:05:00.000Z',
  });
  expect(toWorkspaceEvent({ ...newer, eventTime: '2026-11-26T08:02:00Z' }, clean)?.event.count).toBe(1);
  expect(toWorkspaceEvent({ metadata: 7 }, clean)).toBeUndefined();
});

test('each is told once, the oldest first, and the latest of many', () => {
  const at = (uid: string, second: number) => {
    const read = toWorkspaceEvent(
      {
        ...object,
        metadata: { ...object.metadata, uid },
        lastTimestamp: `2026-11-26T08:00:0${String(second)}Z`,
        message: uid,
      },
      clean,
    );
    if (read === undefined) throw new TypeError('no Event');
    return read;
  };
  const found = [at('c', 3), at('a', 1), at('b', 2), at('a', 1)];
  expect(inOrder(found, 9).map(({ message }) => message)).toEqual(['a', 'b', 'c']);
  expect(inOrder(found, 2).map(({ message }) => message)).toEqual(['b', 'c']);
});

import { expect, test } from 'vitest';
import { TransportError } from '../kube/transport-error.ts';
import type { OperatorKube } from '../kube/clients.ts';
import type { World } from '../kube/world.ts';
import { createLog } from '../observability/log.ts';
import { createActivity } from './activity.ts';

/** The server's clock is an hour ahead of this machine's. */
const aheadMs = 3_600_000;
const begin = Date.parse('2026-03-01T12:00:00Z');

function stage() {
  let now = begin;
  let timers: { at: number; run: () => void }[] = [];
  const written: string[] = [];
  let lastActivity: string | undefined;
  let broken = false;
  const clock = {
    now: () => now,
    after: (milliseconds: number, run: () => void) => {
      const timer = { at: now + milliseconds, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
  };
  const workspace = () => ({
    metadata: { name: 'ws', namespace: 'dev', uid: 'u', resourceVersion: '1' },
    spec: { image: 'a' },
    ...(lastActivity === undefined ? {} : { status: { lastActivity } }),
  });
  const kube = {
    namespace: 'dev',
    rest: {
      json: async (method: string, _path: string, options: { body?: unknown; onDate?: (date: Date) => void } = {}) => {
        if (broken) throw new TransportError(new Error('no line'));
        options.onDate?.(new Date(now + aheadMs));
        if (method === 'GET') return workspace();
        lastActivity = (options.body as { status: { lastActivity: string } }).status.lastActivity;
        written.push(lastActivity);
        return workspace();
      },
      stream: () => Promise.reject(new Error('not asked for')),
    },
  } satisfies OperatorKube;
  const world = { workspaces: { get: (id: string) => (id === 'ws' ? workspace() : undefined) } } as Pick<
    World,
    'workspaces'
  >;
  const activity = createActivity({ kube, world, clock, log: createLog({ level: 'silent' }) });
  /** Lets everything that is on its way arrive. */
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    activity,
    written,
    settle,
    pass: async (milliseconds: number) => {
      const end = now + milliseconds;
      for (;;) {
        const next = timers.filter((one) => one.at <= end).toSorted((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        timers = timers.filter((one) => one !== next);
        now = next.at;
        next.run();
        await settle();
      }
      now = end;
    },
    break: (is: boolean) => (broken = is),
    seenElsewhere: (time: string) => (lastActivity = time),
    get timers() {
      return timers.length;
    },
  };
}

test('the first use is written at once, in the time of the API server', async () => {
  const it = stage();
  it.activity.record('ws');
  await it.settle();
  expect(it.written).toEqual(['2026-03-01T13:00:00Z']);
});

test('constant use costs a write a minute, the last use is not forgotten, and then there is peace', async () => {
  const it = stage();
  for (let second = 0; second <= 150; second += 1) {
    it.activity.record('ws');
    await it.settle();
    await it.pass(1_000);
  }
  await it.pass(3_600_000);
  expect(it.written).toEqual([
    '2026-03-01T13:00:00Z',
    '2026-03-01T13:00:59Z',
    '2026-03-01T13:01:59Z',
    '2026-03-01T13:02:30Z',
  ]);
  expect(it.timers).toBe(0);
});

test('what could not be written is written a minute later', async () => {
  const it = stage();
  it.break(true);
  it.activity.record('ws');
  await it.settle();
  it.break(false);
  await it.pass(60_000);
  expect(it.written).toEqual(['2026-03-01T13:00:00Z']);
});

test('a later use that another host saw is left standing', async () => {
  const it = stage();
  it.seenElsewhere('2026-03-01T13:00:30Z');
  it.activity.record('ws');
  await it.settle();
  expect(it.written).toEqual([]);
});

test('a workspace that is not there costs nothing, and neither does one after the end', async () => {
  const it = stage();
  it.activity.record('other');
  it.activity.stop();
  it.activity.record('ws');
  await it.pass(120_000);
  expect(it.written).toEqual([]);
  expect(it.timers).toBe(0);
});

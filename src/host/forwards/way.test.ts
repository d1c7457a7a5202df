import { describe, expect, test } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import { handClock } from '#test/hand-clock.ts';
import type { Prepared } from '../proxy/transport/forward.ts';
import { TunnelError } from '../proxy/transport/tunnel-error.ts';
import { createHeldRequests } from '../proxy/waiting/held-requests.ts';
import type { PodStanding } from '../proxy/waiting/pod-standing.ts';
import type { ForwardedConnection } from './connection.ts';
import type { Reached } from './reach.ts';
import { createWay } from './way.ts';

// How pods come and go, and what becomes of tunnels, is put down by hand.

const prepared = {} as Prepared;
const notReady = (phase: string): Reached => ({
  kind: 'nowhere',
  why: new GuildNetError('not_ready', `It is ${phase}.`, { details: { phase } }),
});

/** Lets what is due happen. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function stage({ wasIdle = false, mayWake = true, isRepeatable = true } = {}) {
  const clock = handClock();
  const listeners = new Set<() => void>();
  const gone = new AbortController();
  const seen: string[] = [];
  const state = {
    reached: notReady('Starting'),
    standing: 'serving' as PodStanding,
    /** What becomes of each attempt, in turn; the last of them again and again. */
    outcomes: [] as (Error | undefined)[],
  };
  const outcome = (): Error | undefined => (state.outcomes.length > 1 ? state.outcomes.shift() : state.outcomes[0]);
  const held = createHeldRequests({
    onChange: (_id, listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    clock,
  });
  const way = createWay({
    reach: () => state.reached,
    awaited: {
      standing: () => state.standing,
      wasIdle: () => wasIdle,
      wake: async () => void seen.push('wake'),
    },
    held,
    mayWake,
    clock,
  });
  const connection = {
    gone: gone.signal,
    isRepeatable,
    carry: async () => {
      seen.push('carried');
      return outcome();
    },
  } as unknown as ForwardedConnection;
  const pod = (uid: string, before?: Error): Reached => ({
    kind: 'pod',
    uid,
    prepare: async () => {
      seen.push(uid);
      if (before !== undefined) throw before;
      return prepared;
    },
  });
  const become = async (change: Partial<typeof state>): Promise<void> => {
    Object.assign(state, change);
    for (const listener of [...listeners]) listener();
    await settle();
  };
  const ended = way.take({ workspace: { id: 'w', uid: 'u' }, port: 5432, connection }).then(
    () => 'over',
    (error: GuildNetError) => error.code,
  );
  return { ended, clock, seen, gone, become, pod, listeners };
}

test('a connection waits for its pod, and goes there', async () => {
  const { ended, seen, become, pod, clock, listeners } = stage();
  await settle();
  await become({ reached: pod('one') });
  expect(await ended).toBe('over');
  expect([seen, clock.pending, listeners.size]).toEqual([['one', 'carried'], 0, 0]);
});

test('after twenty seconds it is told why there is none', async () => {
  const { ended, clock, seen } = stage();
  await settle();
  clock.advance(20_000);
  expect([await ended, seen, clock.pending]).toEqual(['not_ready', [], 0]);
});

test.each(['Failed', 'Terminating'])('for one that is %s it does not wait', async (phase) => {
  const { ended, become } = stage();
  await become({ reached: notReady(phase) });
  expect(await ended).toBe('not_ready');
});

describe('a stopped workspace', () => {
  test.each([
    [true, true, ['wake', 'one', 'carried'], 'over'],
    [false, true, [], 'not_ready'],
    [true, false, [], 'not_ready'],
  ])('stopped as idle %s, waking allowed %s: %j', async (wasIdle, mayWake, expected, how) => {
    const clock = handClock();
    const seen: string[] = [];
    let reached = notReady('Stopped');
    const listeners = new Set<() => void>();
    const way = createWay({
      reach: () => reached,
      awaited: {
        standing: () => 'serving',
        wasIdle: () => wasIdle,
        wake: async () => {
          seen.push('wake');
          reached = {
            kind: 'pod',
            uid: 'one',
            prepare: async () => {
              seen.push('one');
              return prepared;
            },
          };
        },
      },
      held: createHeldRequests({ onChange: (_id, one) => (listeners.add(one), () => listeners.delete(one)), clock }),
      mayWake,
      clock,
    });
    const connection = {
      gone: new AbortController().signal,
      isRepeatable: true,
      carry: async () => void seen.push('carried'),
    } as unknown as ForwardedConnection;
    const ended = way.take({ workspace: { id: 'w', uid: 'u' }, port: 1, connection }).then(
      () => 'over',
      (error: GuildNetError) => error.code,
    );
    expect([await ended, seen]).toEqual([how, expected]);
  });
});

test('one whose pod goes before it was reached goes to the next one', async () => {
  const { ended, seen, become, pod } = stage();
  await become({ reached: pod('one'), outcomes: [new TunnelError('refused', 'x'), undefined] });
  await settle();
  // The cluster has yet to tell.
  expect(seen).toEqual(['one', 'carried']);
  await become({ reached: notReady('Starting'), standing: 'leaving' });
  await become({ reached: pod('two') });
  expect(await ended).toBe('over');
  expect(seen).toEqual(['one', 'carried', 'two', 'carried']);
});

test('a port on which nothing listens is told after a second, when the pod stays', async () => {
  const { ended, clock, become, pod } = stage();
  await become({ reached: pod('one'), outcomes: [new TunnelError('refused', 'x')] });
  await settle();
  clock.advance(1_000);
  expect([await ended, clock.pending]).toEqual(['upstream_failed', 0]);
});

test('a cluster that does not answer is tried again, for twenty seconds', async () => {
  const { ended, clock, seen, become, pod } = stage();
  await become({ reached: pod('one', new TunnelError('offline', 'x')) });
  for (let turn = 0; turn < 41; turn += 1) {
    await settle();
    clock.advance(500);
  }
  expect(await ended).toBe('cluster_offline');
  expect(seen.length).toBeGreaterThan(30);
  expect(seen.length).toBeLessThan(50);
});

test.each<[string, Error, boolean]>([
  ['that was cut in the middle', new TunnelError('lost', 'x'), true],
  ['of which something has come back', new TunnelError('gone', 'x'), false],
  ['that failed in an unforeseen way', new TypeError('x'), true],
])('one %s is not carried again', async (_what, failure, isRepeatable) => {
  const { ended, seen, become, pod } = stage({ isRepeatable });
  await become({ reached: pod('one'), standing: 'leaving', outcomes: [failure] });
  expect(await ended).not.toBe('over');
  expect(seen).toEqual(['one', 'carried']);
});

test('who leaves while waiting, or in a pause, is let go', async () => {
  const waits = stage();
  await settle();
  waits.gone.abort();
  expect([await waits.ended, waits.clock.pending, waits.listeners.size]).toEqual(['over', 0, 0]);

  const pauses = stage();
  await pauses.become({ reached: pauses.pod('one', new TunnelError('offline', 'x')) });
  await settle();
  pauses.gone.abort();
  expect([await pauses.ended, pauses.clock.pending]).toEqual(['over', 0]);
});

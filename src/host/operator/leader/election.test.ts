import { describe, expect, test } from 'vitest';
import { defaultTiming, givenUp, nextMove, observe, timeLeft } from './election.ts';
import { parseLease } from './lease.ts';
import type { Lease, LeaseRecord } from './lease.ts';

const wall = Date.parse('2026-01-31T12:00:00Z');
const time = '2026-01-31T12:00:00.000000Z';
const earlier = '2026-01-31T11:59:00.000000Z';

function aLease(record: Partial<LeaseRecord> = {}, resourceVersion = '1'): Lease {
  const spec = {
    holderIdentity: record.holder ?? 'other',
    leaseDurationSeconds: record.durationSeconds ?? 15,
    acquireTime: record.acquireTime ?? earlier,
    renewTime: record.renewTime ?? earlier,
    leaseTransitions: record.transitions ?? 3,
  };
  const parsed = parseLease({ metadata: { name: 'guildnet-operator', resourceVersion }, spec });
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.value;
}

describe('the next move', () => {
  const mine = { holder: 'me', durationSeconds: 15, renewTime: time };
  test.each([
    ['there is none: take it', undefined, 0, { kind: 'take', record: { ...mine, acquireTime: time, transitions: 0 } }],
    [
      'it is ours: renew it, since when we have it stays',
      aLease({ holder: 'me' }),
      0,
      { kind: 'renew', record: { ...mine, acquireTime: earlier, transitions: 3 } },
    ],
    ['another renewed it just now: wait', aLease(), 0, { kind: 'wait', holder: 'other', ms: 15_000 }],
    ['another renewed it a while ago: wait for the rest', aLease(), 14_999, { kind: 'wait', holder: 'other', ms: 1 }],
    [
      'another has not renewed it for its whole duration: take it',
      aLease(),
      15_000,
      { kind: 'take', record: { ...mine, acquireTime: time, transitions: 4 } },
    ],
    [
      'its own duration counts, not ours',
      aLease({ durationSeconds: 60 }),
      15_000,
      { kind: 'wait', holder: 'other', ms: 45_000 },
    ],
    [
      'it was given up: take it at once',
      aLease({ holder: '', durationSeconds: 1 }),
      0,
      { kind: 'take', record: { ...mine, acquireTime: time, transitions: 4 } },
    ],
  ])('%s', (_what, lease, unchangedMs, wanted) => {
    const player = { identity: 'me', timing: defaultTiming, now: 100_000 + unchangedMs, wall };
    expect(nextMove({ lease, since: 100_000 }, player)).toEqual(wanted);
  });

  test.each([
    ['another’s is left to it for its duration', 'other', 14_999, 'wait'],
    ['another’s is taken after that', 'other', 15_000, 'take'],
    ['one that was given up is taken', '', 0, 'take'],
    ['ours is made again', 'me', 0, 'renew'],
  ])('of a lease that was deleted: %s', (_what, holder, passed, kind) => {
    const gone = observe(observe(undefined, aLease({ holder }), 1_000), undefined, 100_000);
    const again = observe(gone, undefined, 103_000);
    expect(nextMove(again, { identity: 'me', timing: defaultTiming, now: 100_000 + passed, wall })).toMatchObject({
      kind,
    });
  });

  test('clocks of other machines do not matter, however wrong they are', () => {
    for (const renewTime of ['1999-01-01T00:00:00.000000Z', '2099-01-01T00:00:00.000000Z', 'nonsense']) {
      const observation = observe(undefined, aLease({ renewTime }), 100_000);
      const player = { identity: 'me', timing: defaultTiming, now: 100_001, wall };
      expect(nextMove(observation, player)).toEqual({ kind: 'wait', holder: 'other', ms: 14_999 });
    }
  });
});

describe('observing', () => {
  const before = observe(undefined, aLease(), 1_000);
  test.each([
    ['the same record is no sign of life', aLease(), 1_000],
    ['nor is a change of something else in the object', aLease({}, '2'), 1_000],
    ['a renewal is', aLease({ renewTime: time }), 5_000],
    ['a new holder is', aLease({ holder: 'third' }), 5_000],
    ['its end is', undefined, 5_000],
  ])('%s', (_what, lease, since) => {
    expect(observe(before, lease, 5_000)).toMatchObject({ lease, since });
  });
});

test('a lease is given up as client-go does it', () => {
  expect(givenUp(aLease({ holder: 'me' }).record, wall)).toEqual({
    holder: '',
    durationSeconds: 1,
    acquireTime: time,
    renewTime: time,
    transitions: 3,
  });
});

test.each([
  ['just renewed', 0, 0, 10_000],
  ['while time passes', 4_000, 4_000, 6_000],
  ['at the deadline', 10_000, 10_000, 0],
  ['after a sleep, in which the monotonic clock stood still', 1_000, 3_600_000, -3_590_000],
  ['after the clock was set back', 9_000, -3_600_000, 1_000],
])('a leader may act for what is left of its deadline: %s', (_what, monotonic, passed, left) => {
  const renewed = { monotonic: 50, wall };
  expect(timeLeft(renewed, { monotonic: 50 + monotonic, wall: wall + passed }, defaultTiming)).toBe(left);
});

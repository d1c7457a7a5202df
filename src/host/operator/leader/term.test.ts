import { describe, expect, test } from 'vitest';
import { defaultTiming } from './election.ts';
import { beginTerm } from './term.ts';
import { handClock } from '#test/operator/lease.ts';

function setting() {
  const clock = handClock();
  return { clock, term: beginTerm(clock.instant(), defaultTiming, clock) };
}

describe('a term', () => {
  test('ends by itself when it is not renewed for the deadline', async () => {
    const { clock, term } = setting();
    await clock.pass(9_999);
    expect(term.signal.aborted).toBe(false);
    await clock.pass(1);
    expect(term.signal.aborted).toBe(true);
  });

  test('counts from when the renewal was sent, not from when it was answered', async () => {
    const { clock, term } = setting();
    await clock.pass(4_000);
    const sent = clock.instant();
    await clock.pass(5_000);
    term.renewed(sent);
    await clock.pass(4_999);
    expect(term.signal.aborted).toBe(false);
    await clock.pass(1);
    expect(term.signal.aborted).toBe(true);
  });

  test.each([
    ['a process that was stopped', 20_000, 20_000],
    ['a machine that slept, whose monotonic clock stood still', 3_600_000, 0],
    ['one whose clock was set back meanwhile', -3_600_000, 20_000],
  ])('admits nothing from %s, before any timer has run', (_what, wall, monotonic) => {
    const { clock, term } = setting();
    term.admit();
    clock.freeze(wall, monotonic);
    expect(() => term.admit()).toThrow('does not lead any more');
    expect(term.signal.aborted).toBe(true);
  });

  test('is not revived once it is over', () => {
    const { clock, term } = setting();
    term.end('another host has the lease');
    term.renewed(clock.instant());
    expect(() => term.admit()).toThrow('another host has the lease');
  });

  test('is over at once when its lease took too long to get', () => {
    const clock = handClock();
    const sent = clock.instant();
    clock.freeze(11_000);
    expect(beginTerm(sent, defaultTiming, clock).signal.aborted).toBe(true);
  });
});

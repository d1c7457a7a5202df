import { isDeepStrictEqual } from 'node:util';
import { microTime } from './lease.ts';
import type { Lease, LeaseRecord } from './lease.ts';

/** client-go's defaults for leader election, in milliseconds. */
export interface LeaseTiming {
  /** Others take a lease that has not changed for this long. A whole number of seconds, since the Lease says it in seconds. */
  leaseMs: number;
  /** A leader that could not renew for this long stops acting. Less than `leaseMs`: the rest is for what it has sent already. */
  renewMs: number;
  /** Between two renewals, and between two looks at the lease of somebody else. */
  retryMs: number;
}

export const defaultTiming: LeaseTiming = { leaseMs: 15_000, renewMs: 10_000, retryMs: 2_000 };

/** What is known of the lease. Times are of a monotonic clock of this process. */
export interface Observation {
  /** Undefined: there is none. */
  lease: Lease | undefined;
  /** When its record was first seen as it is now. */
  since: number;
  /** The last record there was, when there is none now. */
  last?: LeaseRecord | undefined;
}

/**
 * Takes note of the lease as it was just seen. Only a change of its record counts as a sign of life: clocks of other
 * machines may be wrong by hours, so what they wrote into it is compared with nothing but what they wrote before.
 */
export function observe(before: Observation | undefined, lease: Lease | undefined, now: number): Observation {
  const same = before !== undefined && isDeepStrictEqual(before.lease?.record, lease?.record);
  const since = same ? before.since : now;
  return lease === undefined ? { lease, since, last: before?.lease?.record ?? before?.last } : { lease, since };
}

export type Move =
  /** Write this record: we lead if that succeeds. */
  | { kind: 'take' | 'renew'; record: LeaseRecord }
  /** Somebody else holds it for this many ms more, if it does not change. */
  | { kind: 'wait'; holder: string; ms: number };

export interface Player {
  identity: string;
  timing: LeaseTiming;
  /** Monotonic, in ms. */
  now: number;
  /** Since the epoch, in ms; only ever written down. */
  wall: number;
}

/**
 * What to do about a lease: the rules of client-go's leader election, and one more. A lease that was deleted is not free before
 * it would have run out, since whoever held it does not know yet.
 */
export function nextMove({ lease, since, last }: Observation, { identity, timing, now, wall }: Player): Move {
  const time = microTime(wall);
  const mine = { holder: identity, durationSeconds: timing.leaseMs / 1000, renewTime: time };
  const record = lease?.record ?? last;
  if (record === undefined) return { kind: 'take', record: { ...mine, acquireTime: time, transitions: 0 } };
  const { holder, durationSeconds, acquireTime, transitions } = record;
  if (holder === identity) return { kind: 'renew', record: { ...mine, acquireTime, transitions } };
  const ms = since + durationSeconds * 1000 - now;
  if (holder !== '' && ms > 0) return { kind: 'wait', holder, ms };
  return { kind: 'take', record: { ...mine, acquireTime: time, transitions: transitions + 1 } };
}

/** The record that gives the lease up, as client-go writes it: nobody's, for a second. */
export function givenUp(record: LeaseRecord, wall: number): LeaseRecord {
  return { ...record, holder: '', durationSeconds: 1, renewTime: microTime(wall), acquireTime: microTime(wall) };
}

/** A moment on both clocks: one that never jumps, and one that goes on while the machine sleeps. */
export interface Instant {
  monotonic: number;
  wall: number;
}

/**
 * How long a leader may still act, in ms, when its last good renewal was sent at `renewed`; 0 or less: not any more.
 * The clock that ran further decides: the monotonic one stands still on Linux while a laptop sleeps, the other can be set back.
 */
export function timeLeft(renewed: Instant, now: Instant, { renewMs }: LeaseTiming): number {
  return renewMs - Math.max(now.monotonic - renewed.monotonic, now.wall - renewed.wall);
}

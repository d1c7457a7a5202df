import type { TransportKind } from '#contract/transport.ts';
import { lossesOf } from './losses.ts';

/** What has been learned of one way. Times are milliseconds of one clock. */
export interface WayHealth {
  /** It has answered since it last failed: what is sent there arrives. */
  readonly proven: boolean;
  /** Until then another one is used; in the past: it is open. */
  readonly shutUntil: number;
  readonly why: string | undefined;
  /** It leads there, and does not hold: nothing better is known of it than that. */
  readonly isCut: boolean;
  /** How many times it was shut, until it was open for long. */
  readonly times: number;
  /** When its connections were cut although their pod was there. */
  readonly cuts: readonly number[];
}

export type WayEvent =
  /** It has answered. */
  | { kind: 'works' }
  /** It was refused, or does not do what was agreed. */
  | { kind: 'blocked'; why: string }
  /** A connection was cut at this time, and the next one to the same pod was opened: it was not the pod's end. */
  | { kind: 'cut'; at: number };

export const untried: WayHealth = { proven: false, shutUntil: 0, why: undefined, isCut: false, times: 0, cuts: [] };

/** A refusal costs one dial each time that it is tried again; a wrong memory costs a better way. */
const firstShutMs = 60_000;
const longestShutMs = 30 * 60_000;
/** So many cuts within this time are no accident. */
const mostCuts = 3;
const cutsWithinMs = 2 * 60_000;
/** What is cut at one moment has one cause: a restarted API server ends all that there is. */
const oneCauseMs = 3_000;

function shut({ times: before, shutUntil }: WayHealth, why: string, now: number): Omit<WayHealth, 'isCut'> {
  const times = now - shutUntil > longestShutMs ? 0 : before;
  const ms = Math.min(firstShutMs * 2 ** Math.min(times, 16), longestShutMs);
  return { proven: false, shutUntil: now + ms, why, times: times + 1, cuts: [] };
}

/** What is known of a way after something has happened on it. */
export function learn(health: WayHealth, event: WayEvent, now: number): WayHealth {
  switch (event.kind) {
    case 'works':
      return { ...health, proven: true, shutUntil: Math.min(health.shutUntil, now), why: undefined, isCut: false };
    case 'blocked':
      return { ...shut(health, event.why, now), isCut: false };
    case 'cut': {
      const recent = health.cuts.filter((at) => event.at - at < cutsWithinMs);
      const last = recent.at(-1);
      const cuts = last !== undefined && event.at - last < oneCauseMs ? recent : [...recent, event.at];
      if (cuts.length >= mostCuts) {
        const why = `Its connections are cut: ${String(cuts.length)} times within two minutes.`;
        return { ...shut(health, why, now), isCut: true };
      }
      // What is opened next has to answer first.
      return { ...health, cuts, proven: cuts.length === health.cuts.length && health.proven };
    }
  }
}

export interface WayPlan {
  /** What to try now, in this order, until one leads there. Never empty where anything is permitted. */
  use: TransportKind[];
  /** What should be tried beside it, since it would be better and its time is over; nobody waits for it. */
  retry: TransportKind | undefined;
}

/**
 * Which ways to try. `permitted`: those that may be used, the best first. What is known to work goes before what is not, even where that
 * would be better: nobody is made to wait for a trial. Where all are shut, the one whose time is over first is tried all the same. What is cut now
 * and then goes before that on which something is lost: a line that does not hold is no reason to refuse what needs one.
 */
export function planWays(
  known: ReadonlyMap<TransportKind, WayHealth>,
  permitted: readonly TransportKind[],
  now: number,
): WayPlan {
  const healthOf = (kind: TransportKind): WayHealth => known.get(kind) ?? untried;
  const isOpen = (kind: TransportKind): boolean => healthOf(kind).shutUntil <= now;
  const isWhole = (kind: TransportKind): boolean => lossesOf(kind).length === 0;
  const open = permitted.filter(isOpen);
  const cut = permitted.filter((kind) => isWhole(kind) && healthOf(kind).isCut);
  if (cut.length > 0 && !open.some(isWhole)) return { use: [...cut, ...open], retry: undefined };
  if (open.length === 0) {
    const soonest = permitted.toSorted((one, other) => healthOf(one).shutUntil - healthOf(other).shutUntil)[0];
    return { use: soonest === undefined ? [] : [soonest], retry: undefined };
  }
  const proven = open.find((kind) => healthOf(kind).proven);
  if (proven === undefined || proven === open[0]) return { use: open, retry: undefined };
  return { use: [proven, ...open.filter((kind) => kind !== proven)], retry: open[0] };
}

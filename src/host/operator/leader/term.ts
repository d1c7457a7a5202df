import { GuildNetError } from '#contract/errors.ts';
import { timeLeft } from './election.ts';
import type { Instant, LeaseTiming } from './election.ts';
import type { LeaseClock } from './lease-clock.ts';

/** The time for which this host leads: from when it got the lease until it lost it or could not renew it. Never longer. */
export interface Term {
  /** Aborted when it is over. */
  readonly signal: AbortSignal;
  /** Throws (`conflict`) once it is over, also when nobody had time to notice: asked before every write. */
  admit(): void;
}

export interface RenewableTerm extends Term {
  /** The lease was renewed by a request that was sent at `sent`. */
  renewed(sent: Instant): void;
  end(reason: string): void;
}

/**
 * Begins a term with a lease that was gained by a request sent at `sent`. A timer ends it when it is not renewed in time; and
 * since timers stand still while a process is stopped or a machine sleeps, `admit` looks at the clocks itself.
 */
export function beginTerm(sent: Instant, timing: LeaseTiming, clock: LeaseClock): RenewableTerm {
  const over = new AbortController();
  let last = sent;
  let cancel = (): void => undefined;

  const end = (reason: string): void => {
    cancel();
    if (!over.signal.aborted) over.abort(notLeading(reason));
  };
  const left = (): number => timeLeft(last, clock.instant(), timing);
  const look = (): void => {
    cancel();
    const ms = left();
    if (ms <= 0) end(`its lease could not be renewed for ${timing.renewMs / 1000} s`);
    else cancel = clock.after(ms, look);
  };
  look();
  return {
    signal: over.signal,
    admit: () => {
      if (left() <= 0) look();
      over.signal.throwIfAborted();
    },
    renewed: (at) => {
      if (over.signal.aborted) return;
      last = at;
      look();
    },
    end,
  };
}

function notLeading(reason: string): GuildNetError {
  return new GuildNetError('conflict', `This host does not lead any more: ${reason}.`, {
    remedy: 'Nothing has to be done: another host takes over, or this one as soon as it can.',
  });
}

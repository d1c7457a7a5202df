import { ORPCError } from '@orpc/client';
import type { HostEvent } from '#contract/events.ts';
import { HostUnreachable } from '../platform/host-unreachable.ts';
import { toShownProblem } from '../problem/shown-problem.ts';
import { retryDelayMs } from './retry-delay.ts';
import type { WorldChange } from './world.ts';
import { t } from '../words/language.ts';

export interface FollowOptions {
  /** Opens the host's stream; it ends or throws when the host goes away or `signal` aborts. */
  watch(signal: AbortSignal): Promise<AsyncIterable<HostEvent>>;
  apply(change: WorldChange): void;
  now?: () => number;
  random?: () => number;
}

export interface Following {
  /** Connects anew at once: the network came back, the machine woke up, or the person asked. */
  reconnect(): void;
  stop(): void;
}

/**
 * Keeps the world in step with the host for as long as the page lives: reads the stream, and when it ends opens it again
 * after a growing pause. Every stream begins with a snapshot, so nothing that was missed stays missing.
 */
export function followHost(options: FollowOptions): Following {
  const now = options.now ?? Date.now;
  const random = options.random ?? Math.random;
  let failures = 0;
  let attempt = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const begin = (): void => {
    attempt = new AbortController();
    const { signal } = attempt;
    readAll(signal).catch((error: unknown) => onEnd(signal, asLoss(error)));
  };

  const readAll = async (signal: AbortSignal): Promise<void> => {
    for await (const event of await options.watch(signal)) {
      if (signal.aborted) return;
      if (event.type === 'snapshot') {
        failures = 0;
        options.apply({ type: 'link', link: { phase: 'live' } });
      }
      options.apply({ type: 'host', event, at: now() });
    }
    throw new HostUnreachable(t().failure.ended);
  };

  const onEnd = (signal: AbortSignal, error: unknown): void => {
    if (signal.aborted) return;
    failures += 1;
    const delay = retryDelayMs(failures, random());
    options.apply({
      type: 'link',
      link: { phase: 'lost', problem: toShownProblem(error), retryAt: now() + delay },
    });
    timer = setTimeout(begin, delay);
  };

  const halt = (): void => {
    clearTimeout(timer);
    attempt.abort();
  };

  begin();
  return {
    reconnect: () => {
      halt();
      begin();
    },
    stop: halt,
  };
}

/** A stream that breaks does so with whatever error its transport has; only what the host itself says is worth showing. */
function asLoss(error: unknown): unknown {
  if (error instanceof ORPCError || error instanceof HostUnreachable) return error;
  return new HostUnreachable(t().failure.lost, { cause: error });
}

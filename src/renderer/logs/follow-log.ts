import { getEventMeta } from '@orpc/client';
import type { LogLine } from '#contract/logs.ts';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';
import { retryDelayMs } from '../state/retry-delay.ts';
import { mostKept } from './kept-lines.ts';

export interface FollowLogOptions {
  /** Asks the host for what comes after an id, or for the last lines. */
  open(lastId: string | undefined, signal: AbortSignal): Promise<AsyncIterable<LogLine>>;
  /** Behind which line to begin. */
  lastId: string | undefined;
  /** Lines, several at a time. */
  onLines(lines: readonly LogLine[]): void;
  /** What is in the way, or that nothing is any more. */
  onProblem(problem: ShownProblem | undefined): void;
  random?: () => number;
  /** How long lines are gathered before they are shown together, in ms. */
  gatherMs?: number;
}

export interface LogFollowing {
  /** Ends it; the lines so far have been shown. Returns the id to go on from. */
  stop(): string | undefined;
}

/** Refusals that another try will not change: the person has to ask for something else. */
const final: ReadonlySet<string> = new Set(['not_found', 'bad_request', 'bad_body', 'forbidden', 'unauthorized']);

/**
 * Follows a log until it is stopped. A stream that ends or breaks is asked for again from its last line on, after a growing pause.
 * Lines are shown in bundles, and of those that wait to be shown no more are kept than can be.
 */
export function followLog(options: FollowLogOptions): LogFollowing {
  const random = options.random ?? Math.random;
  const ending = new AbortController();
  const { signal } = ending;
  let { lastId } = options;
  let failures = 0;
  let gathered: LogLine[] = [];
  let showing: ReturnType<typeof setTimeout> | undefined;
  let retrying: ReturnType<typeof setTimeout> | undefined;

  const show = (): void => {
    clearTimeout(showing);
    showing = undefined;
    const lines = gathered;
    gathered = [];
    if (lines.length > 0) options.onLines(lines);
  };

  const readAll = async (): Promise<void> => {
    const lines = await options.open(lastId, signal);
    options.onProblem(undefined);
    for await (const line of lines) {
      if (signal.aborted) return;
      failures = 0;
      lastId = getEventMeta(line)?.id ?? lastId;
      gathered.push(line);
      if (gathered.length > 2 * mostKept) gathered = gathered.slice(-mostKept);
      showing ??= setTimeout(show, options.gatherMs ?? 100);
    }
  };

  const again = (): void => {
    failures += 1;
    retrying = setTimeout(begin, retryDelayMs(failures, random()));
  };

  const begin = (): void => {
    readAll().then(
      () => {
        if (!signal.aborted) again();
      },
      (error: unknown) => {
        if (signal.aborted) return;
        const problem = toShownProblem(error);
        options.onProblem(problem);
        if (!final.has(problem.code)) again();
      },
    );
  };

  begin();
  return {
    stop() {
      ending.abort();
      clearTimeout(retrying);
      show();
      return lastId;
    },
  };
}

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { noticeSchema } from './fuzz-thread.ts';
import type { Share } from './fuzz-thread.ts';

export interface FuzzFailure {
  /** The seeds that it is about: several when a thread ended while they were under way. */
  seeds: readonly number[];
  problems: readonly string[];
}

export interface FuzzRange {
  first: number;
  /** How many seeds, from the first on. */
  count: number;
  /** Threads, each with a host of its own. */
  jobs: number;
  progress?(done: number, failed: number): void;
}

/** Runs the fuzzer over a range of seeds in threads; resolves with all that went wrong. */
export async function fuzzInThreads({ first, count, jobs, progress }: FuzzRange): Promise<FuzzFailure[]> {
  const failures: FuzzFailure[] = [];
  let done = 0;
  const threads = Array.from({ length: Math.min(jobs, count) }, async (_, index) => {
    const underWay = new Int32Array(new SharedArrayBuffer(16 * 4));
    const share: Share = { first: first + index, end: first + count, step: jobs, underWay };
    const thread = new Worker(new URL('fuzz-thread.ts', import.meta.url), { workerData: share });
    thread.on('message', (message: unknown) => {
      const notice = noticeSchema.parse(message);
      if ('done' in notice) done += notice.done;
      else if ('left' in notice) {
        if (notice.left.length > 0) failures.push({ seeds: [], problems: notice.left });
      } else failures.push({ seeds: [notice.seed], problems: notice.problems });
      progress?.(done, failures.length);
    });
    try {
      await once(thread, 'exit');
    } catch (error) {
      // What nobody handles ends a thread as it would end the host.
      failures.push({ seeds: [...underWay], problems: [`the host ended: ${String(error)}`] });
    }
  });
  await Promise.all(threads);
  return failures;
}

import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { simulate } from '#test/simulation/simulate.ts';

/** One thread of the soak: runs the seeds from `first` up to, and not including, `end`, `step` apart. */
const shareSchema = z.object({ first: z.int(), end: z.int(), step: z.int().min(1) });
export type Share = z.infer<typeof shareSchema>;

/** What it tells of each seed. */
export const outcomeSchema = z.object({ seed: z.int(), requests: z.int(), problems: z.array(z.string()) });
export type Outcome = z.infer<typeof outcomeSchema>;

if (parentPort !== null) {
  const { first, end, step } = shareSchema.parse(workerData);
  for (let seed = first; seed < end; seed += step) {
    const { requests, problems } = await simulate({ seed });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads, not a window
    parentPort.postMessage({ seed, requests, problems } satisfies Outcome);
  }
}

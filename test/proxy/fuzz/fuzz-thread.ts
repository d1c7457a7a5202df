import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { runFuzz } from './run-fuzz.ts';

/** One thread of the fuzzer. */
const shareSchema = z.object({
  first: z.int(),
  end: z.int(),
  step: z.int().min(1),
  /** The seed that each client asks just now, for whoever finds the thread dead. */
  underWay: z.custom<Int32Array<SharedArrayBuffer>>((value) => value instanceof Int32Array),
});
export type Share = z.infer<typeof shareSchema>;

/** What it tells: a seed with problems, how many seeds are done, and in the end what is left over of all. */
export const noticeSchema = z.union([
  z.object({ seed: z.int(), problems: z.array(z.string()) }),
  z.object({ done: z.int() }),
  z.object({ left: z.array(z.string()) }),
]);
export type Notice = z.infer<typeof noticeSchema>;

const together = 100;

if (parentPort !== null) {
  const port = parentPort;
  const { underWay, ...range } = shareSchema.parse(workerData);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads, not a window
  const say = (notice: Notice): void => port.postMessage(notice);
  let done = 0;
  const left = await runFuzz({
    ...range,
    begin: (seed, lane) => {
      underWay[lane] = seed;
    },
    tell: (seed, problems) => {
      done += 1;
      if (problems.length > 0) say({ seed, problems: [...problems] });
      if (done % together === 0) say({ done: together });
    },
  });
  say({ left });
}

import { z } from 'zod';
import { runFuzz } from './run-fuzz.ts';

/** One process of the fuzzer: its only argument is its share of the seeds, as JSON. */
const shareSchema = z.object({ first: z.int(), end: z.int(), step: z.int().min(1) });
export type Share = z.infer<typeof shareSchema>;

/** What it tells: that its event loop turns, which seed a client asks now, a seed with problems, how many seeds are done, and in the end what is left over of all. */
export const noticeSchema = z.union([
  z.object({ turns: z.literal(true) }),
  z.object({ begins: z.int(), lane: z.int() }),
  z.object({ seed: z.int(), problems: z.array(z.string()) }),
  z.object({ done: z.int() }),
  z.object({ left: z.array(z.string()) }),
]);
export type Notice = z.infer<typeof noticeSchema>;

const together = 100;

const [, , argument] = process.argv;
if (process.send !== undefined && argument !== undefined) {
  const say = (notice: Notice): void => {
    process.send?.(notice);
  };
  process.on('disconnect', () => process.exit());
  const turning = setInterval(() => say({ turns: true }), 5_000);
  let done = 0;
  const left = await runFuzz({
    ...shareSchema.parse(JSON.parse(argument)),
    begin: (begins, lane) => say({ begins, lane }),
    tell: (seed, problems) => {
      done += 1;
      if (problems.length > 0) say({ seed, problems: [...problems] });
      if (done % together === 0) say({ done: together });
    },
  });
  clearInterval(turning);
  say({ left });
}

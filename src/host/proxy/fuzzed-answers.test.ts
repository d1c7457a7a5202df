import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { fuzzInProcesses } from '#test/proxy/fuzz/fuzz-processes.ts';

/** For a machine that does much else besides; a process that gets no further is noticed long before. */
const patience = 900_000;

// A failure names its seed: `npm run bench:fuzz -- --seed <n>` shows it; without arguments that runs a million.
test(
  '20,000 made-up answers neither end the host nor reach a client as anything but HTTP, and leave nothing behind',
  async () => {
    expect(await fuzzInProcesses({ first: 1, count: 20_000, jobs: availableParallelism() })).toEqual([]);
  },
  patience,
);

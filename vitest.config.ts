import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';

/** Time for a pod to be pulled into being, in milliseconds; the bringing up of a whole cluster has its own, in test/. */
const realThings = 120_000;

/** One for each core: by itself vitest leaves one free, and on a machine with two most of these tests wait for others. */
const maxWorkers = availableParallelism();

/** What is awaited comes or does not: a second, which is the default, says on a busy machine no more than that it was busy. */
const expect = { poll: { timeout: 30_000 } };

/** Most of their time is Kubernetes' or our own patience, which they can wait for side by side. */
const patient = ['src/host/operator/failures/*.cluster.test.ts', 'src/host/workspaces/use/*.cluster.test.ts'];

// One project for each level of test, and two for the cluster's; AGENTS.md says what each needs.
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // A failure is often read from its message alone: the values that differ stand in it, not only that they do.
    chaiConfig: { truncateThreshold: 1_000 },
    projects: [
      {
        test: {
          name: 'unit',
          expect,
          maxWorkers,
          include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: ['**/*.integration.test.ts', '**/*.cluster.test.ts'],
          // One process for many files: each by itself loads the same modules anew, which costs more than the tests do.
          isolate: false,
          // What is slow on a busy machine is not wrong.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          expect,
          maxWorkers,
          include: ['src/**/*.integration.test.ts', 'test/**/*.integration.test.ts'],
          globalSetup: 'test/control-plane.ts',
          testTimeout: realThings,
          hookTimeout: realThings,
        },
      },
      {
        test: {
          name: 'cluster',
          expect,
          include: ['src/**/*.cluster.test.ts', 'test/**/*.cluster.test.ts'],
          exclude: patient,
          sequence: { groupOrder: 1 },
          globalSetup: 'test/cluster.ts',
          // Half of their time is Kubernetes' own. More than two at once, and time limits would not mean what they say.
          maxWorkers: 2,
          testTimeout: realThings,
          hookTimeout: realThings,
        },
      },
      {
        test: {
          name: 'cluster-patient',
          expect,
          include: patient,
          maxWorkers: 3,
          sequence: { groupOrder: 2 },
          globalSetup: 'test/cluster.ts',
          testTimeout: realThings,
          hookTimeout: realThings,
        },
      },
    ],
  },
});

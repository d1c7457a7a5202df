import type { TestProject } from 'vitest/node';
import type { Level } from '#local-cluster/local-cluster.ts';
import { progressLines } from '#cli/progress-lines.ts';
import { borrowTestCluster } from './test-cluster.ts';
import { beginRun, nothingIsLeft } from './test-run.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The administrator's kubeconfig of the tests' cluster. */
    kubeconfigPath: string;
  }
}

/**
 * A vitest global set-up: the cluster of a level is up before the first test and, if we started it, down after the last,
 * when nothing that they made is left in it.
 */
export function provideCluster(level: Level): (project: TestProject) => Promise<() => Promise<void>> {
  return async (project) => {
    const cluster = await borrowTestCluster(level, { report: progressLines() });
    project.provide('kubeconfigPath', cluster.kubeconfigPath);
    const run = beginRun();
    return async () => {
      try {
        await nothingIsLeft(cluster.kubeconfigPath, run);
      } finally {
        await cluster[Symbol.asyncDispose]();
      }
    };
  };
}

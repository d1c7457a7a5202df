import { fileURLToPath } from 'node:url';
import type { ReportProgress } from '#contract/progress.ts';
import {
  type Level,
  type LocalCluster,
  type LocalClusterAccess,
  createLocalCluster,
} from '#local-cluster/local-cluster.ts';
import { defaultPaths, defaultStateDir } from '#local-cluster/paths.ts';

const names = { 'control-plane': 'test-control-plane', node: 'test' } as const satisfies Record<Level, string>;

/** The cluster that tests of a level run on; it lives beside a person's own and is never the same. */
export function testCluster(level: Level): LocalCluster {
  const { home, cache } = defaultPaths(process.env);
  const name = names[level];
  return createLocalCluster({
    name,
    level,
    stateDir: defaultStateDir(home, name),
    cacheDir: cache,
    recipeDir: fileURLToPath(new URL('../src/local-cluster/recipe', import.meta.url)),
  });
}

export interface BorrowedCluster extends LocalClusterAccess, AsyncDisposable {}

/**
 * Brings the tests' cluster up, and down again when disposed of. One that was up already is used as it is and left up:
 * whoever started it will want it again. The first time on a machine this builds Kubernetes, which takes minutes.
 */
export async function borrowTestCluster(
  level: Level,
  options: { report: ReportProgress; signal?: AbortSignal },
): Promise<BorrowedCluster> {
  const cluster = testCluster(level);
  const { started, ...access } = await cluster.up(options);
  return {
    ...access,
    async [Symbol.asyncDispose]() {
      if (started) await cluster.down({ report: options.report });
    },
  };
}

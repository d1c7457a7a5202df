import { buildApp } from '../scripts/build-app.ts';
import { progressLines } from '#cli/progress-lines.ts';
import { borrowTestCluster } from './test-cluster.ts';

/**
 * Playwright's global set-up: the app is built from the sources as they are, and the tests' cluster is up. Tests find its
 * kubeconfig in `GUILDNET_TEST_KUBECONFIG`. Returns what takes down the cluster if this brought it up.
 */
export default async function setUp(): Promise<() => Promise<void>> {
  const report = progressLines();
  await buildApp(report);
  const cluster = await borrowTestCluster('node', { report });
  process.env['GUILDNET_TEST_KUBECONFIG'] = cluster.kubeconfigPath;
  return async () => {
    await cluster[Symbol.asyncDispose]();
  };
}

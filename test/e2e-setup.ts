import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClusterAccess } from '#host/kube/access/cluster-access.ts';
import { loadKubeconfig } from '#host/kube/kubeconfig/load.ts';
import { buildApp } from '../scripts/build-app.ts';
import { progressLines } from '#cli/progress-lines.ts';
import { startWebSocketGateway } from './kube/websocket-gateway.ts';
import type { UpgradeTreatment } from './kube/websocket-gateway.ts';
import { borrowTestCluster } from './test-cluster.ts';
import { beginRun, nothingIsLeft } from './test-run.ts';

/** Set to a way (`spdy-websocket`, `channels`, `pod-proxy`), the tests reach their cluster through a gateway that lets no better one through. */
export const gatewayVariable = 'GUILDNET_TEST_GATEWAY';

function treatmentFor(way: string | undefined): UpgradeTreatment {
  const order = ['spdy', 'spdy-websocket', 'channels', 'pod-proxy'];
  const first = order.indexOf(way ?? 'spdy');
  if (first === -1) throw new Error(`${gatewayVariable} is none of ${order.join(', ')}.`);
  return (protocol) => (order.indexOf(protocol) < first ? 'refuse' : 'pass');
}

/**
 * Playwright's global set-up: the app is built from the sources as they are, and the tests' cluster is up. Tests find its
 * kubeconfig in `GUILDNET_TEST_KUBECONFIG`. Returns what waits until nothing
 * that they made is left, and takes down the cluster if this brought it up.
 */
export default async function setUp(): Promise<() => Promise<void>> {
  const report = progressLines();
  await buildApp(report);
  const kept = new AsyncDisposableStack();
  const cluster = kept.use(await borrowTestCluster('node', { report }));
  const run = beginRun();
  kept.defer(() => nothingIsLeft(cluster.kubeconfigPath, run));
  const gateway =
    process.env[gatewayVariable] === undefined ? undefined : await gatewayTo(cluster.kubeconfigPath, kept);
  process.env['GUILDNET_TEST_KUBECONFIG'] = gateway ?? cluster.kubeconfigPath;
  return () => kept.disposeAsync();
}

/** Resolves with the path of a kubeconfig for a gateway in front of the cluster that another one is for. */
async function gatewayTo(kubeconfig: string, kept: AsyncDisposableStack): Promise<string> {
  const gateway = kept.use(await startWebSocketGateway(createClusterAccess(await loadKubeconfig(kubeconfig))));
  gateway.treat = treatmentFor(process.env[gatewayVariable]);
  const folder = await mkdtemp(join(tmpdir(), 'guildnet-gateway-'));
  kept.defer(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'kubeconfig');
  const name = 'gateway';
  // client-node takes plain HTTP only where TLS need not be verified.
  await writeFile(
    path,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': name,
      clusters: [{ name, cluster: { server: gateway.url, 'insecure-skip-tls-verify': true } }],
      users: [{ name, user: {} }],
      contexts: [{ name, context: { cluster: name, user: name } }],
    }),
  );
  return path;
}

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { GuildNetError } from '#contract/errors.ts';
import { connectKube } from '#host/kube/kube.ts';
import { StatusError, TransportError } from '#host/kube/transport-error.ts';
import { statePaths } from '#local-cluster/paths.ts';
import { isRunning, processRecords } from '#local-cluster/process/process-record.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { deriveKubeconfig } from '../kube/kubeconfig.ts';

/** A second API server of a cluster, which may be restarted: nobody else goes by it. */
export interface OwnApiServer extends AsyncDisposable {
  /** Goes by it. */
  kubeconfigPath: string;
  /** Ends it as an upgrade of it does, and resolves once it serves again. */
  restart(): Promise<void>;
}

/** How long it may take to end the requests that it has, in milliseconds. */
const endsWithin = 10_000;
const servesWithin = 60_000;

/**
 * Starts it on the etcd, with the keys and at the address of the local cluster that this kubeconfig is of: as with several control-plane
 * nodes, all see the same objects. The cluster's Service `kubernetes` does not come to lead to it.
 */
export async function openOwnApiServer(kubeconfigPath: string): Promise<OwnApiServer> {
  const record = await processRecords(statePaths(dirname(kubeconfigPath)).processes).read('kube-apiserver');
  if (record === undefined || !(await isRunning(record))) throw new Error('The cluster has no API server here.');
  const [program = '', ...args] = (await readFile(`/proc/${String(record.pid)}/cmdline`, 'utf8'))
    .split('\0')
    .slice(0, -1);
  // The node's network has no ports of others but those below and NodePorts above.
  const port = String(randomInt(20_000, 30_000));
  const replaced = ['--secure-port=', '--endpoint-reconciler-type='];
  const own = [
    ...args.filter((arg) => !replaced.some((start) => arg.startsWith(start))),
    `${replaced[0] ?? ''}${port}`,
    `${replaced[1] ?? ''}none`,
  ];
  const config = new KubeConfig();
  config.loadFromFile(kubeconfigPath);
  const { hostname } = new URL(config.getCurrentCluster()?.server ?? '');
  await using opening = new AsyncDisposableStack();
  const file = opening.use(
    await deriveKubeconfig(kubeconfigPath, { cluster: { server: `https://${hostname}:${port}` } }),
  );

  const start = async (): Promise<ChildProcess> => {
    // In the network of the node, as the other one.
    const child = spawn('nsenter', ['--target', String(record.pid), '--net', '--', program, ...own], {
      stdio: 'ignore',
    });
    await once(child, 'spawn');
    const serves = (): Promise<boolean> => {
      if (child.exitCode !== null) throw new Error(`The API server ended with ${String(child.exitCode)}.`);
      return isReady(file.path);
    };
    await waitUntil(serves, { what: 'the API server to serve', timeoutMs: servesWithin, intervalMs: 20 });
    return child;
  };
  const end = async (child: ChildProcess): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    const late = setTimeout(() => child.kill('SIGKILL'), endsWithin);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(late);
  };
  let current = await start();
  opening.defer(() => end(current));
  const opened = opening.move();
  return {
    kubeconfigPath: file.path,
    async restart() {
      await end(current);
      current = await start();
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

async function isReady(path: string): Promise<boolean> {
  try {
    const kube = await connectKube({ kind: 'kubeconfig', path }, { namespace: 'default' });
    try {
      (await kube.rest.stream('/readyz')).destroy();
      return true;
    } finally {
      kube.close();
    }
  } catch (error) {
    // It does not listen yet, or is not ready: that is what is waited for.
    if (error instanceof GuildNetError || error instanceof TransportError || error instanceof StatusError) return false;
    throw error;
  }
}

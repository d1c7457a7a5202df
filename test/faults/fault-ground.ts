import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { waitUntil } from '#local-cluster/wait-until.ts';
import type { TestNamespace } from '../create-namespace.ts';
import { makeHome, startHeadlessHost } from '../headless-host.ts';
import type { HeadlessHost, HeadlessHostOptions } from '../headless-host.ts';
import { openClusterLine } from './cluster-line.ts';
import type { PlannedFault } from './line-faults.ts';
import { openOwnApiServer } from './own-api-server.ts';

/** A host, its line to an API server of its own, and a workspace in a real pod: what faults are done to. */
export interface FaultGround extends AsyncDisposable {
  /** The one that runs now. */
  readonly host: HeadlessHost;
  /** Does it; resolves with the time (ms since the epoch) from which recovery counts. */
  inject(fault: PlannedFault): Promise<number>;
  /** The name of the workspace's pod, once it is ready and not `old`. */
  readyPod(old?: string): Promise<string>;
}

/** `id` is the workspace's; it is made by whoever asks. */
export async function openFaultGround(
  { kubeconfigPath, name: namespace, core }: TestNamespace,
  id: string,
  how: Pick<HeadlessHostOptions, 'args' | 'env'> = {},
): Promise<FaultGround> {
  await using opening = new AsyncDisposableStack();
  const apiServer = opening.use(await openOwnApiServer(kubeconfigPath));
  const line = opening.use(await openClusterLine(apiServer.kubeconfigPath));
  const home = await makeHome(undefined);
  opening.defer(() => rm(home, { recursive: true, force: true }));
  const start = (listen?: string): Promise<HeadlessHost> =>
    startHeadlessHost({
      ...how,
      kubeconfigPath: line.kubeconfigPath,
      namespace,
      home,
      ...(listen === undefined ? {} : { listen }),
    });
  let host = await start();
  opening.defer(async () => void (await host.stop()));

  const readyPod = async (old?: string): Promise<string> => {
    const find = async (): Promise<string | undefined> => {
      const { items } = await core.listNamespacedPod({ namespace, labelSelector: `guildnet.io/id=${id}` });
      const ready = items.find(
        ({ metadata, status }) =>
          metadata?.deletionTimestamp === undefined &&
          metadata?.name !== old &&
          status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') === true,
      );
      return ready?.metadata?.name;
    };
    return waitUntil(find, { what: `the pod of ${id} to be ready`, timeoutMs: 60_000 });
  };
  const inject = async ({ kind, lastsMs }: PlannedFault): Promise<number> => {
    const began = Date.now();
    switch (kind) {
      case 'cut':
      case 'away':
        line.cut();
        await delay(lastsMs);
        line.mend();
        return Date.now();
      case 'asleep':
      case 'moved':
        host.child.kill('SIGSTOP');
        if (kind === 'moved') line.silence();
        await delay(lastsMs);
        host.child.kill('SIGCONT');
        return Date.now();
      case 'api-server':
        await apiServer.restart();
        return Date.now();
      case 'restarted': {
        const { port } = new URL(host.url);
        host.child.kill('SIGKILL');
        await host.stop();
        host = await start(`127.0.0.1:${port}`);
        return began;
      }
      case 'replaced': {
        const old = await readyPod();
        await core.deleteNamespacedPod({ namespace, name: old, gracePeriodSeconds: 0 });
        await readyPod(old);
        return Date.now();
      }
    }
  };
  const opened = opening.move();
  return {
    get host() {
      return host;
    },
    inject,
    readyPod,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

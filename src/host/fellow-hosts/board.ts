import { createInformer } from '../kube/informer.ts';
import type { Kube } from '../kube/kube.ts';
import { fromKubeError, hasStatus } from '../kube/errors.ts';
import type { Log } from '../observability/log.ts';
import { leaseCollection } from '../operator/leader/lease-api.ts';
import { announcementObject, hostSelector, leaseNameOf, leaseSeconds, parseAnnouncement } from './announcement.ts';
import type { Announced, Announcement } from './announcement.ts';
import { createLiveness } from './liveness.ts';

const renewMs = 10_000;
const requestMs = 5_000;
/** The end of a host waits no longer for the cluster to take its announcement down. */
const withdrawMs = 1_000;
/** What a host left behind that does not come back is cleared away. */
const staleMs = 3_600_000;
const deniedRetryMs = 30_000;

/** Where the hosts of one cluster announce themselves, while it is connected to. */
export interface Board {
  /** What others have announced and renew. */
  others(): Announced[];
  /** How long the cluster takes to answer; undefined before it has. */
  readonly clusterMs: number | undefined;
  /** What is announced may be another now. */
  renew(): void;
  /** Takes the announcement down, within a second, and ends. */
  close(): Promise<void>;
}

/** `own`: what to announce; undefined while peers cannot reach this host. */
export function openBoard(
  { rest, namespace }: Pick<Kube, 'rest' | 'namespace'>,
  own: () => Pick<Announcement, 'name' | 'address'> | undefined,
  log: Log,
): Board {
  const collection = leaseCollection(namespace);
  const ending = new AbortController();
  const liveness = createLiveness({ lifetimeMs: leaseSeconds * 1_000, staleMs });
  let clusterMs: number | undefined;
  /** Under which name it stands there. */
  let announced: string | undefined;
  let refused: string | undefined;
  let working = Promise.resolve();
  const informer = createInformer<Announced>({
    rest,
    what: 'hosts',
    collection: { path: collection, labelSelector: hostSelector },
    parse: parseAnnouncement,
    log,
    optional: { retryMs: deniedRetryMs },
  });
  informer.start();

  const remove = async (name: string, signal: AbortSignal, preconditions?: object): Promise<void> => {
    try {
      const body = preconditions === undefined ? {} : { preconditions };
      await rest.json('DELETE', `${collection}/${name}`, { body, signal });
    } catch (error) {
      if (!hasStatus(error, 404) && !hasStatus(error, 409)) throw error;
    }
  };

  async function announce(): Promise<void> {
    const place = own();
    const signal = AbortSignal.any([ending.signal, AbortSignal.timeout(requestMs)]);
    if (announced !== undefined && announced !== place?.name) {
      await remove(leaseNameOf(announced), signal);
      announced = undefined;
    }
    if (place === undefined) return;
    const began = performance.now();
    await rest.json('PATCH', `${collection}/${leaseNameOf(place.name)}`, {
      body: announcementObject({ ...place, clusterMs }, { namespace, epochMs: Date.now() }),
      contentType: 'application/apply-patch+yaml',
      query: { fieldManager: 'guildnet-host', force: true },
      signal,
    });
    announced = place.name;
    const took = performance.now() - began;
    // So that the first announcement is not without it for long.
    if (clusterMs === undefined) queueMicrotask(renew);
    // One slow answer says little.
    clusterMs = Math.round((clusterMs === undefined ? took : 0.7 * clusterMs + 0.3 * took) * 10) / 10;
    for (const { metadata } of liveness.stale(informer.list(), performance.now()))
      await remove(metadata.name, signal, { resourceVersion: metadata.resourceVersion });
  }

  function renew(): void {
    working = working.then(announce).then(
      () => {
        refused = undefined;
      },
      (error: unknown) => {
        if (ending.signal.aborted) return;
        const { code, message } = fromKubeError(error, 'telling the other hosts of the tailnet where this one is');
        // Once, and not every ten seconds.
        if (code !== refused) log.warn({ code, reason: message }, 'Other hosts do not find this one');
        refused = code;
      },
    );
  }

  const timer = setInterval(renew, renewMs).unref();
  renew();

  return {
    others: () =>
      liveness.alive(informer.list(), performance.now()).filter((one) => one.announcement.name !== own()?.name),
    get clusterMs() {
      return clusterMs;
    },
    renew,
    async close() {
      clearInterval(timer);
      ending.abort();
      await Promise.all([working, informer.stop()]);
      if (announced === undefined) return;
      try {
        await remove(leaseNameOf(announced), AbortSignal.timeout(withdrawMs));
      } catch (error) {
        log.debug({ err: error }, 'The announcement of this host stays until it is too old');
      }
    },
  };
}

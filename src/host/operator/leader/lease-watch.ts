import { createInformer } from '../../kube/informer.ts';
import type { Rest } from '../../kube/rest.ts';
import type { Log } from '../../observability/log.ts';
import { leaseCollection } from './lease-api.ts';
import { leaseName, parseLease } from './lease.ts';
import type { Lease } from './lease.ts';

/** News of the lease as they happen: a lease that was given up is taken at once. Where it may not be watched, it is asked for. */
export interface LeaseWatch {
  /** Whether news arrive now. */
  readonly online: boolean;
  /** Begins to tell of the lease (undefined: it is gone) and of becoming online or not. */
  start(told: (lease: Lease | undefined) => void, turned: () => void): void;
  stop(): Promise<void>;
}

const deniedRetryMs = 30_000;

export function createLeaseWatch(rest: Rest, namespace: string, log: Log): LeaseWatch {
  const informer = createInformer<Lease>({
    rest,
    what: 'leases',
    collection: { path: leaseCollection(namespace), fieldSelector: `metadata.name=${leaseName}` },
    parse: parseLease,
    log,
    optional: { retryMs: deniedRetryMs },
  });
  return {
    get online() {
      return informer.state === 'online';
    },
    start: (told, turned) => {
      informer.onChange(({ type, object }) => told(type === 'delete' ? undefined : object));
      informer.onState(turned);
      informer.start();
    },
    stop: informer.stop,
  };
}

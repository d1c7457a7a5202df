import { hasStatus } from '../../kube/errors.ts';
import type { Rest } from '../../kube/rest.ts';
import { leaseName, leaseObject, parseLease } from './lease.ts';
import type { Lease, LeaseRecord } from './lease.ts';

/** The lease on the API server. Both reject with the transport's errors, and when there is no answer in time. */
export interface LeaseApi {
  /** Undefined: there is none. */
  read(signal: AbortSignal): Promise<Lease | undefined>;
  /** Makes the lease, or changes the one that was seen. Rejects with 409 when it is not as it was seen any more. */
  write(record: LeaseRecord, seen: Lease | undefined, signal: AbortSignal): Promise<Lease>;
}

/** `limitMs`: how long one request may take, from the first byte of credentials to the last byte of the answer. */
export function createLeaseApi(rest: Rest, namespace: string, limitMs: number): LeaseApi {
  const collection = leaseCollection(namespace);
  const path = `${collection}/${leaseName}`;
  const limited = (signal: AbortSignal): AbortSignal => AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
  return {
    read: async (signal) => {
      try {
        return leaseOf(await rest.json('GET', path, { signal: limited(signal) }));
      } catch (error) {
        if (hasStatus(error, 404)) return undefined;
        throw error;
      }
    },
    write: async (record, seen, signal) => {
      const [method, where] = seen === undefined ? ['POST', collection] : ['PUT', path];
      const body = leaseObject(record, seen, namespace);
      return leaseOf(await rest.json(method, where, { body, signal: limited(signal) }));
    },
  };
}

export function leaseCollection(namespace: string): string {
  return `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
}

function leaseOf(object: unknown): Lease {
  const parsed = parseLease(object);
  if ('value' in parsed) return parsed.value;
  throw new TypeError(`the API server sent a Lease that is none: ${parsed.problem}`);
}

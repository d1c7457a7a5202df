import { hasStatus } from '../../kube/errors.ts';
import { givenUp } from './election.ts';
import type { LeaseApi } from './lease-api.ts';
import type { Lease } from './lease.ts';

/** How long a stopping host tries; otherwise the lease runs out by itself. */
const limitMs = 1_000;

/**
 * Gives the lease up if it is ours, so that another host takes it at once. `wall`: the time to write into it. Resolves with the
 * lease as it is then; rejects when the server could not be told.
 */
export async function giveUp(
  api: LeaseApi,
  seen: Lease | undefined,
  { identity, wall }: { identity: string; wall: number },
): Promise<Lease | undefined> {
  const limit = AbortSignal.timeout(limitMs);
  let lease = seen;
  while (lease?.record.holder === identity) {
    try {
      return await api.write(givenUp(lease.record, wall), lease, limit);
    } catch (error) {
      // A renewal that was cut off by the stop may have gone through.
      if (!hasStatus(error, 409)) throw error;
      lease = await api.read(limit);
    }
  }
  return lease;
}

import type { ClusterState } from '#contract/cluster.ts';
import type { GuildNetError } from '#contract/errors.ts';

/** What a failed attempt to connect means: the phase to show, and when to try again (undefined: when a person asks). */
export interface RetryPlan {
  phase: Extract<ClusterState['phase'], 'none' | 'offline' | 'refused'>;
  afterMilliseconds: number | undefined;
}

const first = 500;
const most = 15_000;
/** A person has to mend something: look now and then whether it has been done. */
const refusedEvery = 10_000;

/**
 * Decides what follows a failed attempt. `failures` counts the attempts that failed in a row, from 1; `random` is in
 * [0, 1) and spreads many hosts that lost the same cluster.
 */
export function retryPlan(error: GuildNetError, failures: number, random: number): RetryPlan {
  switch (error.code) {
    case 'no_cluster':
      return { phase: 'none', afterMilliseconds: undefined };
    case 'bad_config':
    case 'cluster_unauthorized':
    case 'forbidden':
    case 'unsupported':
      return { phase: 'refused', afterMilliseconds: refusedEvery };
    default: {
      const step = Math.min(most, first * 2 ** (failures - 1));
      return { phase: 'offline', afterMilliseconds: Math.round(step * (0.75 + random / 2)) };
    }
  }
}

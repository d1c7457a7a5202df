import type { ClusterState } from '#contract/cluster.ts';
import type { GuildNetError } from '#contract/errors.ts';
import type { Log } from '../observability/log.ts';
import type { LocalClusterPort } from './local-cluster-port.ts';
import { problemOf } from './unavailable.ts';

/** What is known of a cluster besides how it fares. */
export type ClusterFacts = Omit<ClusterState, 'phase' | 'local' | 'problem' | 'progress'>;

/** What everybody is shown of the connection, and what is wrong with it. */
export interface ClusterStatus {
  readonly state: ClusterState;
  /** Why calls that need the cluster fail now; undefined while it is online or first connected to. */
  readonly error: GuildNetError | undefined;
  onState(listener: (state: ClusterState) => void): () => void;
  /** Shows a phase; `error` is what calls get meanwhile. */
  become(next: Omit<ClusterState, 'local'>, error?: GuildNetError): void;
  /** Shows an error until something better is known. */
  fail(error: GuildNetError, phase: ClusterState['phase'], facts: ClusterFacts): void;
  close(): void;
}

export function createClusterStatus(localCluster: LocalClusterPort | undefined, log: Log): ClusterStatus {
  const listeners = new Set<(state: ClusterState) => void>();

  function localState(): ClusterState['local'] {
    if (localCluster === undefined) return { available: false, reason: 'This build has no local cluster.' };
    const { available, ...why } = localCluster.availability();
    return { available, ...why };
  }
  let state: ClusterState = { phase: 'connecting', local: localState() };
  let error: GuildNetError | undefined;

  function become(next: Omit<ClusterState, 'local'>, meanwhile?: GuildNetError): void {
    state = { ...next, local: localState() };
    error = meanwhile;
    for (const listener of listeners) listener(state);
  }

  return {
    get state() {
      return state;
    },
    get error() {
      return error;
    },
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    become,
    fail(failure, phase, facts) {
      const news = error?.message !== failure.message || state.phase !== phase;
      log[news ? 'warn' : 'debug'](
        { code: failure.code, reason: failure.message },
        `The cluster is ${phase === 'none' ? 'missing' : phase}`,
      );
      become({ ...facts, phase, problem: problemOf(failure) }, failure);
    },
    close: () => listeners.clear(),
  };
}

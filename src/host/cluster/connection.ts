import type { ClusterState } from '#contract/cluster.ts';
import { GuildNetError } from '#contract/errors.ts';
import { fromKubeError } from '../kube/errors.ts';
import { configuredSource } from '../kube/kube.ts';
import type { ClusterSource } from '../kube/kube.ts';
import { createPluginRegistry } from '../kube/plugins/plugin-registry.ts';
import type { Log } from '../observability/log.ts';
import type { Metrics } from '../observability/metrics.ts';
import type { OperatorConfig } from '../operator/config.ts';
import { attemptEnded } from './attempt-ended.ts';
import { bringUp } from './bring-up.ts';
import { createClusterStatus } from './cluster-status.ts';
import { keepConnected } from './keep-connected.ts';
import type { LocalClusterPort } from './local-cluster-port.ts';
import type { Session } from './session.ts';
import { asUnavailable } from './unavailable.ts';

export interface ClusterConnection {
  readonly state: ClusterState;
  onState(listener: (state: ClusterState) => void): () => void;
  /** The connection while it works. Throws `no_cluster`, `cluster_offline` or `cluster_unauthorized` with the remedy. */
  session(): Session;
  /** The same for calls of people: while the cluster is being connected to they wait for it, for ten seconds at most. */
  connected(signal?: AbortSignal): Promise<Session>;
  /** The connection even while the cluster does not answer: what flows already is not cut off. */
  readonly openSession: Session | undefined;
  /** Another connection, or none: everything known so far is void. */
  onSession(listener: (session: Session | undefined) => void): () => void;
  start(source: 'auto' | 'local'): void;
  /** Builds and starts the local cluster and connects to it. Returns at once; how it goes is in the state. Throws `unsupported`. */
  startLocal(): ClusterState;
  /** Reads the configuration again and connects anew. */
  retry(): ClusterState;
  /** Ends the connection, and the local cluster if it was started here. */
  stop(): Promise<void>;
}

export interface ClusterConnectionOptions {
  env: NodeJS.ProcessEnv;
  namespace: string | undefined;
  operator: OperatorConfig;
  ideUrl: (id: string, port?: number) => string;
  localCluster: LocalClusterPort | undefined;
  metrics: Metrics;
  log: Log;
}

/** Connecting takes a second as a rule; whoever acts just after the start of the app is not refused for that. */
const attemptMs = 10_000;

/** The host's connection to its cluster: chosen, made, kept and made again, until it is stopped. */
export function createClusterConnection(options: ClusterConnectionOptions): ClusterConnection {
  const { env, localCluster, log } = options;
  const status = createClusterStatus(localCluster, log);
  const plugins = createPluginRegistry({ env });
  const sessionListeners = new Set<(session: Session | undefined) => void>();
  /** Ends what is going on now: connecting, being connected, or building. */
  let current = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let wanted: 'auto' | 'local' = 'auto';
  let startedHere = false;
  let session: Session | undefined;

  function use(next: Session | undefined): void {
    session = next;
    for (const listener of sessionListeners) listener(next);
  }

  const keep = (source: ClusterSource, signal: AbortSignal): Promise<void> =>
    keepConnected({ ...options, source, signal, status, use, plugins });

  async function build(port: LocalClusterPort, signal: AbortSignal): Promise<void> {
    const meanwhile = new GuildNetError('no_cluster', 'The local cluster is being built.', {
      remedy: 'Wait until it is ready; its progress is shown.',
    });
    try {
      const brought = await bringUp(port, {
        signal,
        report: (progress) =>
          status.become(
            { phase: 'building', source: 'local', ...(progress === undefined ? {} : { progress }) },
            meanwhile,
          ),
      });
      startedHere ||= brought.startedHere;
      if (brought.kind === 'up') await keep({ kind: 'local', kubeconfigPath: brought.kubeconfigPath }, signal);
    } catch (cause) {
      if (!(cause instanceof GuildNetError)) log.error({ err: cause }, 'The local cluster did not start');
      const unforeseen = 'The local cluster did not start; the log has the cause.';
      const failure =
        cause instanceof GuildNetError
          ? cause
          : new GuildNetError('internal', unforeseen, { remedy: 'Try again.', cause });
      status.fail(failure, 'none', { source: 'local' });
    }
  }

  async function auto(signal: AbortSignal): Promise<void> {
    const source = await configuredSource(env);
    if (source !== undefined) return keep(source, signal);
    const remedy = status.state.local.available
      ? 'Start the local cluster, or set KUBECONFIG to the kubeconfig of a cluster.'
      : 'Set KUBECONFIG to the kubeconfig of a cluster, or put it at ~/.kube/config.';
    status.fail(new GuildNetError('no_cluster', 'No cluster is configured.', { remedy }), 'none', {});
  }

  /** Ends what is going on and begins anew; beginnings queue up behind each other's endings. */
  function begin(what: (signal: AbortSignal) => Promise<void>): void {
    current.abort();
    current = new AbortController();
    const { signal } = current;
    running = running.then(async () => {
      if (signal.aborted) return;
      try {
        await what(signal);
      } catch (cause) {
        if (signal.aborted) return;
        log.error({ err: cause }, 'The connection to the cluster failed in an unforeseen way');
        status.fail(fromKubeError(cause, 'connecting to the cluster'), 'offline', {});
      }
    });
  }

  function currentSession(): Session {
    if (status.error !== undefined) throw asUnavailable(status.error);
    if (session !== undefined) return session;
    throw new GuildNetError('cluster_offline', 'The cluster is being connected to.', {
      remedy: 'Wait a moment and try again.',
    });
  }

  function startLocal(): ClusterState {
    if (localCluster === undefined) {
      throw new GuildNetError('unsupported', 'This build has no local cluster.', {
        remedy: 'Use a cluster of your own: set KUBECONFIG.',
      });
    }
    const can = localCluster.availability();
    if (!can.available) throw new GuildNetError('unsupported', can.reason, { remedy: can.remedy });
    const busy = wanted === 'local' && ['building', 'connecting', 'online'].includes(status.state.phase);
    if (!busy) {
      wanted = 'local';
      status.become({ phase: 'building', source: 'local' });
      begin((signal) => build(localCluster, signal));
    }
    return status.state;
  }

  return {
    get state() {
      return status.state;
    },
    onState: status.onState,
    onSession(listener) {
      sessionListeners.add(listener);
      return () => sessionListeners.delete(listener);
    },
    get openSession() {
      return session;
    },
    session: currentSession,
    async connected(signal) {
      await attemptEnded(status, () => session !== undefined || status.error !== undefined, attemptMs, signal);
      return currentSession();
    },
    start(source) {
      if (source === 'auto') {
        begin(auto);
        return;
      }
      try {
        startLocal();
      } catch (cause) {
        status.fail(fromKubeError(cause, 'starting the local cluster'), 'none', {});
      }
    },
    startLocal,
    retry() {
      const { source } = status.state;
      plugins.personAsks();
      status.become({ phase: 'connecting', ...(source === undefined ? {} : { source }) });
      if (wanted === 'local' && localCluster !== undefined) begin((signal) => build(localCluster, signal));
      else begin(auto);
      return status.state;
    },
    async stop() {
      current.abort();
      plugins.close();
      await running;
      status.close();
      sessionListeners.clear();
      if (!startedHere || localCluster === undefined) return;
      startedHere = false;
      await localCluster.down();
    },
  };
}

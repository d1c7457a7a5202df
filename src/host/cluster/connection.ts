import { existsSync } from 'node:fs';
import type { TransportKind } from '#contract/transport.ts';
import type { ClusterState } from '#contract/cluster.ts';
import type { ContextChoice, KubeContext } from '#contract/contexts.ts';
import { GuildNetError } from '#contract/errors.ts';
import { fromKubeError } from '../kube/errors.ts';
import type { ClusterSource } from '../kube/kube.ts';
import { createPluginRegistry } from '../kube/plugins/plugin-registry.ts';
import { loadContexts } from '../kube/kubeconfig/load.ts';
import { defaultKubeconfig } from '../kube/source.ts';
import type { Log } from '../observability/log.ts';
import type { Metrics } from '../observability/metrics.ts';
import type { OperatorConfig } from '../operator/config.ts';
import { attemptEnded } from './attempt-ended.ts';
import { bringUp } from './bring-up.ts';
import { chosenSource } from './chosen-source.ts';
import type { Chosen } from './chosen-source.ts';
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
  /** What it works with, or would, where that was said. */
  readonly chosen: Chosen;
  /** Those of the kubeconfig. Empty in a pod, which has none. Rejects with `bad_config`. */
  contexts(): Promise<KubeContext[]>;
  /** Works with another context from now on; the connection that there is ends. Rejects with `not_found` for one that there is not. */
  use(choice: ContextChoice): Promise<ClusterState>;
  /** Reads the configuration again and connects anew. */
  retry(): ClusterState;
  /** Ends the connection, and the local cluster if it was started here. */
  stop(): Promise<void>;
}

export interface ClusterConnectionOptions {
  env: NodeJS.ProcessEnv;
  /** Context and namespace to begin with; absent: the kubeconfig's. */
  context?: string | undefined;
  namespace: string | undefined;
  operator: OperatorConfig;
  ideUrl: (id: string, port?: number) => string;
  localCluster: LocalClusterPort | undefined;
  /** The ways to the pods that may be used, the best first. */
  ways: readonly TransportKind[];
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
  let chosen: Chosen = { context: options.context, namespace: options.namespace };
  let startedHere = false;
  let session: Session | undefined;

  function use(next: Session | undefined): void {
    session = next;
    for (const listener of sessionListeners) listener(next);
  }

  const keep = (source: ClusterSource, signal: AbortSignal): Promise<void> =>
    keepConnected({ ...options, namespace: chosen.namespace, source, signal, status, use, plugins });

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
    const source = await chosenSource(env, chosen);
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

  async function contexts(): Promise<KubeContext[]> {
    const { context } = status.state;
    const source = await chosenSource(env, chosen);
    if (source?.kind === 'in-cluster') return [];
    const path = defaultKubeconfig(env);
    // A file that nobody has named need not be there. The local cluster's is not among them; the person's own are, to come back to.
    if (!env['KUBECONFIG'] && !existsSync(path)) return [];
    const isLocal = status.state.source === 'local';
    return (await loadContexts(path)).map((one) => ({ ...one, current: !isLocal && one.name === context }));
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
    get chosen() {
      return chosen;
    },
    contexts,
    async use({ context, namespace }) {
      const known = await contexts();
      if (!known.some(({ name }) => name === context)) {
        throw new GuildNetError('not_found', `The kubeconfig has no context "${context}".`, {
          remedy:
            known.length === 0
              ? 'Set KUBECONFIG to one that has.'
              : `It has: ${known.map(({ name }) => name).join(', ')}.`,
        });
      }
      chosen = { context, ...(namespace === undefined ? {} : { namespace }) };
      wanted = 'auto';
      plugins.personAsks();
      status.become({ phase: 'connecting', source: 'kubeconfig', context });
      begin(auto);
      return status.state;
    },
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

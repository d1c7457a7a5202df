import type { TransportKind } from '#contract/transport.ts';
import type { ClusterState } from '#contract/cluster.ts';
import type { ContextChoice, KubeContext } from '#contract/contexts.ts';
import { GuildNetError } from '#contract/errors.ts';
import type { Progress } from '#contract/progress.ts';
import { fromKubeError } from '../kube/errors.ts';
import type { ClusterSource } from '../kube/kube.ts';
import { createPluginRegistry } from '../kube/plugins/plugin-registry.ts';
import { pause } from '../pause.ts';
import type { Log } from '../observability/log.ts';
import type { Metrics } from '../observability/metrics.ts';
import type { OperatorConfig } from '../operator/config.ts';
import type { TailnetReach } from '../tailnet/tailnet.ts';
import { attemptEnded } from './attempt-ended.ts';
import { bringUp } from './bring-up.ts';
import { chosenSource } from './chosen-source.ts';
import type { Chosen } from './chosen-source.ts';
import { createClusterStatus } from './cluster-status.ts';
import { keepConnected } from './keep-connected.ts';
import type { KeptContext } from './kept-context.ts';
import { createKubeconfigContexts } from './kubeconfig-contexts.ts';
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
  /**
   * Stops the local cluster, whoever started it; what it holds is kept. Where the host works with it, that goes on in the state and the call returns at
   * once, and the kubeconfig is used afterwards, if there is one. Rejects with `unsupported`.
   */
  stopLocal(): Promise<ClusterState>;
  /** What it works with, or would, where that was said. */
  readonly chosen: Chosen;
  /** Those of the kubeconfig. Empty in a pod, which has none. Rejects with `bad_config`. */
  contexts(): Promise<KubeContext[]>;
  /**
   * Works with another context from now on, also where it does not answer: what there was is left at once, and the next host begins with it,
   * unless it is told otherwise. Nothing happens where it is in use already. Rejects with `not_found` for one that there is not.
   */
  use(choice: ContextChoice): Promise<ClusterState>;
  /** It works with something else from now on: what was open in what there was does not come back by itself. */
  onLeave(listener: () => void): () => void;
  /** The kubeconfig has been written; which contexts there are may have changed. */
  onContexts(listener: () => void): () => void;
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
  /** What was chosen last, where nothing is configured. */
  kept: KeptContext;
  operator: OperatorConfig;
  ideUrl: (id: string, port?: number) => string;
  localCluster: LocalClusterPort | undefined;
  /** The ways to the pods that may be used, the best first. */
  ways: readonly TransportKind[];
  /** What of the host's tailnet can be dialled. */
  reach: TailnetReach;
  metrics: Metrics;
  log: Log;
}

/** Connecting takes a second as a rule; whoever acts just after the start of the app is not refused for that. */
const attemptMs = 10_000;
/** What is left ends in order; a cluster that does not answer keeps nobody from another one for longer. */
const leaveMs = 1_000;

/** The host's connection to its cluster: chosen, made, kept and made again, until it is stopped. */
export function createClusterConnection(options: ClusterConnectionOptions): ClusterConnection {
  const { env, localCluster, log } = options;
  const kubeconfig = createKubeconfigContexts(env, options.kept);
  const status = createClusterStatus(localCluster, log);
  const plugins = createPluginRegistry({ env });
  const sessionListeners = new Set<(session: Session | undefined) => void>();
  const leaveListeners = new Set<() => void>();
  const contextListeners = new Set<() => void>();
  let unwatch = (): void => undefined;
  /** Ends what is going on now: connecting, being connected, or building. */
  let current = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let wanted: 'auto' | 'local' = 'auto';
  let chosen: Chosen = { context: options.context, namespace: options.namespace };
  let startedHere = false;
  let session: Session | undefined;
  /** Where the context led when it was connected to. */
  let place: string | undefined;
  /** The context of the connection that there was last: what other programs make current since changes nothing. */
  let last: string | undefined;

  function become(next: Session | undefined): void {
    session = next;
    for (const listener of sessionListeners) listener(next);
  }

  function keep(source: ClusterSource, signal: AbortSignal): Promise<void> {
    let own: Session | undefined;
    const use = (next: Session | undefined): void => {
      // One that was left takes its time to end, and another may be there by then.
      if (next === undefined ? session === own : !signal.aborted) become(next);
      if (next !== undefined && source.kind === 'kubeconfig') last = next.kube.access.context;
      own = next;
    };
    return keepConnected({ ...options, namespace: chosen.namespace, source, signal, status, use, plugins });
  }

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
    const stays = chosen.context === undefined && last !== undefined && (await kubeconfig.has(last));
    const source = await chosenSource(env, stays ? { context: last } : chosen);
    if (source?.kind === 'kubeconfig') place = await kubeconfig.place(source.context);
    if (source !== undefined) return keep(source, signal);
    const remedy = status.state.local.available
      ? 'Start the local cluster, or set KUBECONFIG to the kubeconfig of a cluster.'
      : 'Set KUBECONFIG to the kubeconfig of a cluster, or put it at ~/.kube/config.';
    status.fail(new GuildNetError('no_cluster', 'No cluster is configured.', { remedy }), 'none', {});
  }

  /** Ends what is going on and begins anew; beginnings queue up behind each other's endings, for so long at most. */
  function begin(what: (signal: AbortSignal) => Promise<void>, patienceMs?: number): void {
    current.abort();
    current = new AbortController();
    const { signal } = current;
    const before = running;
    const attempt = async (): Promise<void> => {
      await (patienceMs === undefined ? before : Promise.race([before, pause(patienceMs, signal)]));
      if (signal.aborted) return;
      try {
        await what(signal);
      } catch (cause) {
        if (signal.aborted) return;
        log.error({ err: cause }, 'The connection to the cluster failed in an unforeseen way');
        status.fail(fromKubeError(cause, 'connecting to the cluster'), 'offline', {});
      }
    };
    running = Promise.all([before, attempt()]).then(() => undefined);
  }

  /** What was chosen last, unless the configuration says what to begin with. */
  async function first(signal: AbortSignal): Promise<void> {
    if (chosen.context === undefined && (await chosenSource(env, chosen))?.kind !== 'in-cluster')
      chosen = {
        ...(await kubeconfig.last()),
        ...(chosen.namespace === undefined ? {} : { namespace: chosen.namespace }),
      };
    await auto(signal);
  }

  function leave(): void {
    for (const listener of leaveListeners) listener();
    // Not when it has ended: from now on nobody is shown anything of it.
    if (session !== undefined) become(undefined);
  }

  /** A kubeconfig that was mended is used at once; a connection that works stays, unless its context leads elsewhere now. */
  async function reread(): Promise<void> {
    for (const listener of contextListeners) listener();
    if (wanted === 'local' || status.state.source === 'in-cluster') return;
    if (session !== undefined) {
      const now = await kubeconfig.place(status.state.context);
      if (now === undefined || place === undefined || now === place) return;
      log.info({ context: status.state.context }, 'The context leads elsewhere now: it is connected to anew');
      leave();
    }
    begin(auto);
  }

  function currentSession(): Session {
    if (status.error !== undefined) throw asUnavailable(status.error);
    if (session !== undefined) return session;
    throw new GuildNetError('cluster_offline', 'The cluster is being connected to.', {
      remedy: 'Wait a moment and try again.',
    });
  }

  /** Throws `unsupported` where there is none, or this host may not start and stop it. */
  function availableLocal(): LocalClusterPort {
    if (localCluster === undefined) {
      throw new GuildNetError('unsupported', 'This build has no local cluster.', {
        remedy: 'Use a cluster of your own: set KUBECONFIG.',
      });
    }
    const can = localCluster.availability();
    if (!can.available) throw new GuildNetError('unsupported', can.reason, { remedy: can.remedy });
    return localCluster;
  }

  function startLocal(): ClusterState {
    const port = availableLocal();
    const busy = wanted === 'local' && ['building', 'connecting', 'online'].includes(status.state.phase);
    if (!busy) {
      leave();
      wanted = 'local';
      status.become({ phase: 'building', source: 'local' });
      begin((signal) => build(port, signal));
    }
    return status.state;
  }

  async function stopLocal(): Promise<ClusterState> {
    const port = availableLocal();
    if (status.state.source !== 'local') {
      await port.down();
      return status.state;
    }
    const stopping = new GuildNetError('no_cluster', 'The local cluster is being stopped.', {
      remedy: 'Start it again, or use another cluster.',
    });
    const report = (progress: Progress): void => status.become({ phase: 'none', source: 'local', progress }, stopping);
    leave();
    wanted = 'auto';
    startedHere = false;
    report({ step: 'Stopping the local cluster' });
    begin(async (signal) => {
      await port.down({ report });
      if (!signal.aborted) await auto(signal);
    });
    return status.state;
  }

  async function contexts(): Promise<KubeContext[]> {
    if ((await chosenSource(env, chosen))?.kind === 'in-cluster') return [];
    // The local cluster's is not among them; the person's own are, to come back to.
    return kubeconfig.list(chosen.context ?? status.state.context, status.state.source === 'local');
  }

  async function use({ context, namespace }: ContextChoice): Promise<ClusterState> {
    await kubeconfig.demand(context);
    const choice = { context, ...(namespace === undefined ? {} : { namespace }) };
    await kubeconfig.keep(choice);
    const { phase, context: now, namespace: where } = status.state;
    const isThere = wanted === 'auto' && phase === 'online' && now === context;
    if (isThere && (namespace === undefined ? chosen.namespace === undefined : namespace === where)) {
      chosen = choice;
      return status.state;
    }
    chosen = choice;
    wanted = 'auto';
    plugins.personAsks();
    leave();
    begin(auto, leaveMs);
    status.become({ phase: 'connecting', source: 'kubeconfig', context });
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
      unwatch = kubeconfig.watch(() => {
        reread().catch((error: unknown) => log.error({ err: error }, 'A change of the kubeconfig was not followed'));
      });
      if (source === 'auto') {
        begin(first);
        return;
      }
      try {
        startLocal();
      } catch (cause) {
        status.fail(fromKubeError(cause, 'starting the local cluster'), 'none', {});
      }
    },
    startLocal,
    stopLocal,
    get chosen() {
      return chosen;
    },
    contexts,
    use,
    onLeave(listener) {
      leaveListeners.add(listener);
      return () => leaveListeners.delete(listener);
    },
    onContexts(listener) {
      contextListeners.add(listener);
      return () => contextListeners.delete(listener);
    },
    retry() {
      const { source, context } = status.state;
      last = undefined;
      plugins.personAsks();
      status.become({
        phase: 'connecting',
        ...(source === undefined ? {} : { source }),
        ...(context === undefined ? {} : { context }),
      });
      if (wanted === 'local' && localCluster !== undefined) begin((signal) => build(localCluster, signal));
      else begin(auto);
      return status.state;
    },
    async stop() {
      unwatch();
      current.abort();
      plugins.close();
      await running;
      status.close();
      for (const listeners of [sessionListeners, leaveListeners, contextListeners]) listeners.clear();
      if (!startedHere || localCluster === undefined) return;
      startedHere = false;
      await localCluster.down();
    },
  };
}

import type { TransportKind } from '#contract/transport.ts';
import { connectKube } from '../kube/kube.ts';
import type { ClusterSource, Kube } from '../kube/kube.ts';
import type { PluginRegistry } from '../kube/plugins/plugin-registry.ts';
import { createWorld } from '../kube/world.ts';
import type { World } from '../kube/world.ts';
import { createPortLooks } from '../listening/port-looks.ts';
import type { PortLooks } from '../listening/port-looks.ts';
import { createLogs } from '../logs/logs.ts';
import type { Logs } from '../logs/logs.ts';
import { watchLaunches } from '../observability/launch-times.ts';
import type { Log } from '../observability/log.ts';
import type { Metrics } from '../observability/metrics.ts';
import type { OperatorConfig } from '../operator/config.ts';
import { ensureCrd, offerCapabilities } from '../operator/crd-install.ts';
import { createNamespaceEnd } from '../operator/namespace-end/namespace-end.ts';
import { createOperator } from '../operator/operator.ts';
import type { Operator } from '../operator/operator.ts';
import { createClusterNotes } from './cluster-notes.ts';
import type { ClusterNotes } from './cluster-notes.ts';
import { createPolicies } from '../permission/policies.ts';
import type { Policies } from '../permission/policies.ts';
import { createLookUp } from '../proxy/resolve/look-up.ts';
import type { PodTarget } from '../proxy/target.ts';
import { portForwardTransport } from '../proxy/transport/port-forward.ts';
import type { PortForward } from '../proxy/transport/port-forward.ts';
import type { TunnelTarget } from '../proxy/transport/transport.ts';
import { TunnelPool } from '../proxy/transport/tunnel-pool.ts';
import { directAddresses } from '../proxy/transport/ways/direct-addresses.ts';
import type { TailnetReach } from '../tailnet/tailnet.ts';
import { openExecOn } from '../terminal/open-exec.ts';
import { createTerminals } from '../terminal/terminals.ts';
import type { Terminals } from '../terminal/terminals.ts';
import { createWorkspaces } from '../workspaces/service.ts';
import type { Workspaces } from '../workspaces/service.ts';

/** Everything that lives on one connection to one cluster. */
export interface Session {
  readonly kube: Kube;
  readonly world: World;
  readonly workspaces: Workspaces;
  readonly logs: Logs;
  readonly terminals: Terminals;
  readonly tunnels: TunnelPool;
  /** What the tunnels go by; forwarded ports use it without them. */
  readonly transport: PortForward;
  /** Which ports of workspaces something listens at. */
  readonly looks: PortLooks;
  readonly notes: ClusterNotes;
  /** Who may do what, as the cluster has it. */
  readonly policies: Policies;
  readonly operator: Pick<Operator, 'leadership' | 'onLeadership' | 'stats'>;
  /** Ends operator, informers, tunnels and connections. Idempotent. */
  stop(): Promise<void>;
}

export interface SessionOptions {
  source: ClusterSource;
  namespace: string | undefined;
  operator: OperatorConfig;
  ideUrl: (id: string, port?: number) => string;
  /** The ways to the pods that may be used, the best first. */
  ways: readonly TransportKind[];
  /** What of the host's tailnet can be dialled: the API server and the pods may be there. */
  reach: TailnetReach;
  metrics: Metrics;
  log: Log;
  signal: AbortSignal;
  /** What the kubeconfig's credential plugins have given, and when they may be asked again: kept from session to session. */
  plugins: PluginRegistry;
  env: NodeJS.ProcessEnv;
}

/**
 * Connects, installs the CRD, waits for the live view and starts the operator. Rejects with a GuildNetError that says
 * what is in the way, or with the signal's reason; nothing is left running then.
 */
export async function openSession({
  source,
  namespace,
  operator: operatorConfig,
  ideUrl,
  ways,
  reach,
  metrics,
  log,
  signal,
  plugins,
  env,
}: SessionOptions): Promise<Session> {
  const chosen = namespace === undefined ? {} : { namespace };
  const kube = await connectKube(source, { ...chosen, signal, observe: metrics.requests, plugins, env, reach });
  const world = createWorld(kube, log);
  const policies = createPolicies({ kube, log });
  const closing: (() => Promise<void> | void)[] = [() => kube.close(), () => policies.stop(), () => world.stop()];
  async function stop(): Promise<void> {
    // The last opened is closed first; one that fails does not keep the others open.
    for (let close = closing.pop(); close !== undefined; close = closing.pop()) {
      try {
        await close();
      } catch (error) {
        log.warn({ err: error }, 'Part of the connection to the cluster did not close');
      }
    }
  }
  try {
    await Promise.all([ensureCrd(kube, log, signal), offerCapabilities(kube, log, signal)]);
    world.start();
    policies.start();
    await Promise.all([world.synced(signal), policies.synced(signal)]);
    const workspaces = createWorkspaces({ kube, world, ideUrl, log });
    closing.push(() => workspaces.stop());
    const logs = createLogs({ kube, world });
    closing.push(() => logs.stop());
    const terminals = createTerminals({
      kube,
      world,
      openExec: openExecOn(kube.access),
      use: workspaces.terminalUse,
      log,
    });
    closing.push(() => terminals.stop());
    const lookUp = createLookUp(kube);
    const addresses = async ({ namespace: where, pod, port }: TunnelTarget) =>
      where === kube.namespace
        ? directAddresses(world.pods.get(pod), world.services.list(), port)
        : directAddresses(await lookUp.pod(where, pod), [], port);
    const transport = portForwardTransport(kube.access, log, {
      ways,
      addresses,
      dialTailnet: reach.dial,
      namespace: kube.namespace,
      podAddress: true,
    });
    closing.push(() => transport.close());
    const looks = createPortLooks({ kube, world, transport });
    closing.push(() => looks.stop());
    const tunnels = new TunnelPool<PodTarget>(transport, log);
    closing.push(() => tunnels.close());
    closing.push(
      world.pods.onChange(({ type, object: { metadata } }) => {
        if (type !== 'delete' || metadata?.uid === undefined || metadata.name === undefined) return;
        tunnels.closePod(metadata.uid);
        transport.forget({ namespace: kube.namespace, pod: metadata.name });
      }),
    );
    // Apart from those of the proxy, whose sessions are kept while somebody may come back.
    const asking = portForwardTransport(kube.access, log, { ways, addresses, dialTailnet: reach.dial });
    closing.push(() => asking.close());
    const operator = createOperator({
      kube,
      world,
      config: operatorConfig,
      log,
      observer: metrics.operator,
      tunnels: asking,
    });
    closing.push(() => operator.stop());
    closing.push(
      // Where several hosts look on, the one that leads counts.
      watchLaunches(world.workspaces, (seconds) => {
        if (operator.leadership.self) metrics.launched(seconds);
      }),
    );
    // Whether this host leads or not: with a namespace its Lease is deleted as well.
    const end = createNamespaceEnd({ kube, world, log });
    closing.push(() => end.stop());
    const notes = createClusterNotes({ kube, world, config: operatorConfig, end, log });
    closing.push(() => notes.stop());
    operator.start();
    return { kube, world, workspaces, logs, terminals, tunnels, transport, looks, notes, policies, operator, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

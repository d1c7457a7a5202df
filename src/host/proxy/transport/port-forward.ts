import type { TransportKind, TransportStatus } from '#contract/transport.ts';
import type { ClusterAccess } from '../../kube/access/cluster-access.ts';
import { systemClock } from '../../kube/clock.ts';
import type { Clock } from '../../kube/clock.ts';
import type { Log } from '../../observability/log.ts';
import type { TailnetReach } from '../../tailnet/tailnet.ts';
import { asError } from '../as-error.ts';
import { dialChannels } from './dial-channels.ts';
import { ForwardTunnel } from './forward-tunnel.ts';
import type { Prepared } from './forward.ts';
import { watchLine } from './line-watch.ts';
import { podKey } from './pod-key.ts';
import { withSecondChance } from './second-chance.ts';
import { dialSpdy, dialSpdyWebSocket } from './spdy/dial.ts';
import type { PodName, Transport, TunnelTarget } from './transport.ts';
import { channelsWay } from './ways/channels-way.ts';
import { ChosenWay } from './ways/chosen-way.ts';
import { directWay } from './ways/direct-way.ts';
import type { Addresses } from './ways/direct-way.ts';
import { podProxyWay } from './ways/pod-proxy-way.ts';
import { spdyWay } from './ways/spdy-way.ts';
import type { Way, WayListener } from './ways/way.ts';

/** A transport whose connections to the API server outlive single tunnels. */
export interface PortForward extends Transport {
  /**
   * The same without a stream around it, for who carries bytes from a socket to a port and back: nothing goes out before it is begun.
   * Rejects with a TunnelError.
   */
  prepare(target: TunnelTarget): Promise<Prepared>;
  /** A connection for small answers, which stands beside others on one session. Undefined: there is none without waiting. */
  share(target: TunnelTarget): Prepared | undefined;
  /** The pod is gone: its sessions and WebSockets end, and what runs on them. */
  forget(pod: PodName): void;
  /** Ends all sessions and WebSockets, and what runs on them. */
  close(): void;
  /** Which way is taken, and why. */
  status(): TransportStatus;
  /** The same for one port: which way a connection there would take now. Nothing is tried by asking. */
  statusTo(target: TunnelTarget): TransportStatus;
}

/** All ways, the best first: no handshake and no frames around frames; the same in WebSockets; a WebSocket each; requests alone. */
export const usualWays = ['spdy', 'spdy-websocket', 'channels', 'pod-proxy'] as const satisfies TransportKind[];

export interface PortForwardOptions {
  /** The ways that may be used, the best first. */
  ways?: readonly TransportKind[];
  /** Where a pod's port can be dialled, for `direct`. */
  addresses?: Addresses;
  /** A way to those through the host's tailnet. */
  dialTailnet?: TailnetReach['dial'] | undefined;
  /** The namespace that `status` tells of: that of the workspaces. */
  namespace?: string;
  /** Whether what does not listen at the pod's loopback, where tunnels end, is asked for at the pod's own address by `pod-proxy`. */
  podAddress?: boolean;
  clock?: Clock;
}

/** How long a port is known to be reached at the pod's own address only, in milliseconds. */
const rememberedMs = 60_000;
const mostRemembered = 256;

/**
 * Tunnels to pods, by the best way that leads there (record 0039): the API server's port-forward subresource works wherever `kubectl port-forward`
 * works, and every byte arrives as it was sent. (client-node's PortForward has neither back-pressure nor a way to learn of the end or a
 * failure of the far side.)
 */
export function portForwardTransport(access: ClusterAccess, log: Log, options: PortForwardOptions = {}): PortForward {
  const {
    ways: permitted = usualWays,
    addresses = () => [],
    podAddress = false,
    dialTailnet,
    clock = systemClock,
    namespace,
  } = options;
  const makers: Readonly<Record<TransportKind, (on: WayListener) => Way>> = {
    spdy: (on) => spdyWay({ kind: 'spdy', dial: (pod) => dialSpdy(access, pod), on }),
    'spdy-websocket': (on) => spdyWay({ kind: 'spdy-websocket', dial: (pod) => dialSpdyWebSocket(access, pod), on }),
    channels: (on) => channelsWay({ dial: (target) => dialChannels(access, target), on }),
    'pod-proxy': (on) => podProxyWay(access, on),
    direct: () => directWay({ addresses, dialTailnet }),
  };
  const chosenOf = (kinds: readonly TransportKind[]): ChosenWay =>
    new ChosenWay({ ways: kinds.map((kind) => ({ kind, make: makers[kind] })), log, clock });
  /** By namespace, since rights are: what may not be used in somebody else's says nothing of the workspaces'. */
  const chosenIn = new Map<string, ChosenWay>();
  let stopWatching: (() => void) | undefined;
  function choose(name: string): ChosenWay {
    const chosen = chosenIn.get(name) ?? chosenOf(permitted);
    chosenIn.set(name, chosen);
    // Nothing is open before, and looking once a second is a good part of what an idle host does.
    stopWatching ??= watchLine(() => {
      for (const open of chosenIn.values()) open.doubt();
    });
    return chosen;
  }
  const atPod = podAddress && permitted.includes('pod-proxy') ? chosenOf(['pod-proxy']) : undefined;
  /** Ports that only `atPod` reaches, and until when that is believed. */
  const remembered = new Map<string, number>();

  const keyOf = (target: TunnelTarget): string => `${podKey(target)}/${String(target.port)}`;
  const isAtPod = (target: TunnelTarget): boolean => (remembered.get(keyOf(target)) ?? 0) > clock.now();
  function remember(target: TunnelTarget): void {
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(keyOf(target), clock.now() + rememberedMs);
  }

  function withOther(target: TunnelTarget, prepared: Prepared): Prepared {
    if (atPod === undefined) return prepared;
    return withSecondChance(prepared, { prepare: () => atPod.prepare(target), answered: () => remember(target) });
  }

  function ready(target: TunnelTarget): Prepared | undefined {
    if (isAtPod(target)) return undefined;
    const prepared = choose(target.namespace).ready(target);
    return prepared === undefined ? undefined : withOther(target, prepared);
  }

  async function prepare(target: TunnelTarget): Promise<Prepared> {
    if (atPod !== undefined && isAtPod(target)) return atPod.prepare(target);
    return ready(target) ?? withOther(target, await choose(target.namespace).prepare(target));
  }

  return {
    open(target) {
      const tunnel = new ForwardTunnel();
      const prepared = ready(target);
      if (prepared !== undefined) tunnel.attach(prepared);
      else {
        prepare(target).then(
          (opened) => tunnel.attach(opened),
          (error: unknown) => tunnel.destroy(asError(error)),
        );
      }
      return tunnel;
    },
    prepare,
    share: (target) => (isAtPod(target) ? undefined : choose(target.namespace).share(target)),
    forget(pod) {
      chosenIn.get(pod.namespace)?.forget(pod);
      atPod?.forget(pod);
      const own = `${podKey(pod)}/`;
      for (const key of remembered.keys()) if (key.startsWith(own)) remembered.delete(key);
    },
    close() {
      stopWatching?.();
      for (const chosen of chosenIn.values()) chosen.close();
      atPod?.close();
    },
    status: () => choose(namespace ?? chosenIn.keys().next().value ?? '').status(),
    statusTo(target) {
      if (atPod === undefined || !isAtPod(target))
        return (chosenIn.get(target.namespace) ?? chosenOf(permitted)).status();
      const why = "Nothing listens at the pod's loopback, where tunnels end; at the pod's own address something does.";
      return { ...atPod.status(), why };
    },
  };
}

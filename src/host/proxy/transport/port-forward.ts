import type { ClusterAccess } from '../../kube/access/cluster-access.ts';
import type { Log } from '../../observability/log.ts';
import { asError } from '../as-error.ts';
import { forwardByChannels } from './channels.ts';
import { dialChannels } from './dial-channels.ts';
import { ForwardTunnel } from './forward-tunnel.ts';
import type { Prepared } from './forward.ts';
import { OpenChannels } from './open-channels.ts';
import { dialSpdy, SpdyNotSpoken } from './spdy/dial.ts';
import { SessionPool } from './spdy/session-pool.ts';
import type { SpdySession } from './spdy/session.ts';
import type { PodName, Transport, TunnelTarget } from './transport.ts';
import { TunnelError } from './tunnel-error.ts';

/** How long a way to the API server that does not let SPDY through is believed to stay so, in milliseconds. */
const spdyAgainAfter = 10 * 60_000;

/** A transport whose connections to the API server outlive single tunnels. */
export interface PortForward extends Transport {
  /**
   * The same without a stream around it, for who carries bytes from a socket to a port and back: nothing goes out before it is begun.
   * Rejects with a TunnelError.
   */
  prepare(target: TunnelTarget): Promise<Prepared>;
  /** The pod is gone: its sessions and WebSockets end, and what runs on them. */
  forget(pod: PodName): void;
  /** Ends all sessions and WebSockets, and what runs on them. */
  close(): void;
}

/** Which protocols may be used; `auto`: SPDY, and channels where it is not let through. */
export type ForwardProtocol = 'auto' | 'channels';

const keyOf = ({ namespace, pod }: PodName): string => `${namespace}/${pod}`;

function onSession(session: SpdySession, pool: SessionPool, port: number): Prepared {
  return {
    halfCloses: true,
    begin: (listener) => session.forward(port, listener),
    discard: () => pool.giveBack(session),
  };
}

/**
 * Tunnels through the API server's port-forward subresource: works wherever `kubectl port-forward` works, and every byte
 * arrives as it was sent. SPDY sessions are kept, so that a tunnel costs no handshake; a gateway that lets only WebSockets
 * through gets a WebSocket for each. (client-node's PortForward has neither back-pressure nor a way to learn of the end or
 * a failure of the far side.)
 */
export function portForwardTransport(access: ClusterAccess, log: Log, protocol: ForwardProtocol = 'auto'): PortForward {
  const pools = new Map<string, SessionPool>();
  const channels = new OpenChannels();
  let spdyFrom = protocol === 'auto' ? 0 : Number.POSITIVE_INFINITY;

  function poolOf(target: TunnelTarget): SessionPool {
    const key = keyOf(target);
    const known = pools.get(key);
    if (known !== undefined) return known;
    const pool = new SessionPool(
      () => dialSpdy(access, target),
      () => {
        if (pools.get(key) === pool) pools.delete(key);
      },
    );
    pools.set(key, pool);
    return pool;
  }

  async function prepareChannels(target: TunnelTarget): Promise<Prepared> {
    const socket = await dialChannels(access, target);
    channels.add(keyOf(target), socket);
    return {
      halfCloses: false,
      begin(listener) {
        const forward = forwardByChannels(socket, listener);
        socket.resume();
        return forward;
      },
      discard: () => socket.terminate(),
    };
  }

  /** A session that is free at once. */
  function prepared(target: TunnelTarget): Prepared | undefined {
    const pool = pools.get(keyOf(target));
    const session = pool?.takeIdle();
    return pool === undefined || session === undefined ? undefined : onSession(session, pool, target.port);
  }

  async function prepare(target: TunnelTarget): Promise<Prepared> {
    const ready = prepared(target);
    if (ready !== undefined) return ready;
    if (performance.now() < spdyFrom) return prepareChannels(target);
    const pool = poolOf(target);
    try {
      return onSession(await pool.take(), pool, target.port);
    } catch (error) {
      const denied = error instanceof TunnelError && error.failure === 'denied';
      if (!(error instanceof SpdyNotSpoken) && !denied) throw error;
      // Channels ask with GET, for which old clusters want another right than for POST; if that is refused, too, it says so.
      const other = await prepareChannels(target);
      spdyFrom = performance.now() + spdyAgainAfter;
      log.info({ err: error }, 'SPDY does not get through to the pods; each tunnel gets a WebSocket of its own');
      return other;
    }
  }

  return {
    open(target) {
      const tunnel = new ForwardTunnel();
      const ready = prepared(target);
      if (ready !== undefined) tunnel.attach(ready);
      else {
        prepare(target).then(
          (opened) => tunnel.attach(opened),
          (error: unknown) => tunnel.destroy(asError(error)),
        );
      }
      return tunnel;
    },
    prepare,
    forget(pod) {
      const key = keyOf(pod);
      pools.get(key)?.close();
      pools.delete(key);
      channels.end(key);
    },
    close() {
      for (const pool of pools.values()) pool.close();
      pools.clear();
      channels.endAll();
    },
  };
}

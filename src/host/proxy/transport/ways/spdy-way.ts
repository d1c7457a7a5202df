import type { Duplex } from 'node:stream';
import type { Prepared } from '../forward.ts';
import { podKey } from '../pod-key.ts';
import { SessionPool } from '../spdy/session-pool.ts';
import type { SpdySession } from '../spdy/session.ts';
import type { PodName } from '../transport.ts';
import type { Way, WayListener } from './way.ts';

export interface SpdyWayOptions {
  kind: 'spdy' | 'spdy-websocket';
  /** Rejects with WayBlocked or a TunnelError. */
  dial(pod: PodName): Promise<Duplex>;
  on: WayListener;
}

function onSession(session: SpdySession, pool: SessionPool, port: number): Prepared {
  return {
    halfCloses: true,
    begin: (listener) => session.forward(port, listener),
    discard: () => pool.giveBack(session),
  };
}

/** SPDY sessions on pods' port-forward subresource, which are kept: a connection costs no handshake. */
export function spdyWay({ kind, dial, on }: SpdyWayOptions): Way {
  const pools = new Map<string, SessionPool>();

  function poolOf({ namespace, pod }: PodName): SessionPool {
    const name = { namespace, pod };
    const key = podKey(name);
    const known = pools.get(key);
    if (known !== undefined) return known;
    const pool = new SessionPool(() => dial(name), {
      empty: () => {
        if (pools.get(key) === pool) pools.delete(key);
      },
      cut: () => on.cut(name),
    });
    pools.set(key, pool);
    return pool;
  }

  return {
    kind,
    proves: true,
    ready(target) {
      const pool = pools.get(podKey(target));
      const session = pool?.takeIdle();
      return pool === undefined || session === undefined ? undefined : onSession(session, pool, target.port);
    },
    share({ port, ...pod }) {
      const pool = pools.get(podKey(pod));
      const session = pool?.takeShared(port);
      if (pool === undefined || session === undefined) return undefined;
      return {
        halfCloses: true,
        isShared: true,
        begin: (listener) => session.forward(port, listener, true),
        discard: () => {
          if (session.isFree) pool.giveBack(session);
        },
      };
    },
    async prepare(target, prove) {
      const pool = poolOf(target);
      return onSession(await pool.take(prove), pool, target.port);
    },
    doubt() {
      for (const pool of pools.values()) pool.doubt();
    },
    forget(pod) {
      const key = podKey(pod);
      pools.get(key)?.close();
      pools.delete(key);
    },
    close() {
      for (const pool of pools.values()) pool.close();
      pools.clear();
    },
  };
}

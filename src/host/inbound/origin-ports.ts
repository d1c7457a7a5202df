import { createHash } from 'node:crypto';
import type { ProxyAsk } from '../proxy/forms/ask.ts';

/** A workspace, or one port of it, which has an origin of its own. */
export type OriginAsk = Extract<ProxyAsk, { kind: 'server' }>;

/** Ports of the tailnet address that workspaces live at: of those that nobody is assigned (RFC 6335, 6), below the ephemeral ones of most systems. */
export const originPorts = { first: 20_000, count: 10_000 } as const;
/** Ports of one workspace that have an origin: a page can ask for any of its own. */
const mostOfOne = 64;

export interface OriginPort {
  port: number;
  ask: OriginAsk;
}

/** Which port each origin has: the same for as long as anybody can remember. */
export interface OriginPorts {
  /** The port of this origin, given to it now if need be; undefined where it can have none: no such workspace, too many, or all taken. */
  of(ask: OriginAsk): number | undefined;
  /** The port of this origin, if it has one. */
  known(ask: OriginAsk): number | undefined;
  at(port: number): OriginAsk | undefined;
  /** All that were given, the oldest first. */
  list(): readonly OriginPort[];
}

export interface OriginPortsOptions {
  /** As they were written down, the oldest first. */
  given: readonly OriginPort[];
  /** Whether there is such a workspace now. */
  isThere(id: string): boolean;
  changed(): void;
}

function keyOf({ id, port, scheme }: OriginAsk): string {
  return port === undefined ? id : `${id}:${String(port)}${scheme ?? ''}`;
}

/** Where the search begins: by the name, so that the hosts of a cluster mostly agree without asking each other. */
function preferred(key: string): number {
  return createHash('sha256').update(key).digest().readUInt32BE(0) % originPorts.count;
}

/**
 * Gives each workspace, and each of its ports, a port of the tailnet address. A browser keeps what a page left behind (storage, a
 * service worker) by that port, so that a port is not given to another workspace while there is one that nobody has had.
 */
export function createOriginPorts({ given, isThere, changed }: OriginPortsOptions): OriginPorts {
  const byKey = new Map<string, OriginPort>();
  const byPort = new Map<number, OriginPort>();
  const put = (one: OriginPort): void => {
    byKey.set(keyOf(one.ask), one);
    byPort.set(one.port, one);
  };
  for (const one of given) if (!byKey.has(keyOf(one.ask)) && !byPort.has(one.port)) put(one);

  function freePort(key: string): number | undefined {
    const start = preferred(key);
    for (let step = 0; step < originPorts.count; step += 1) {
      const port = originPorts.first + ((start + step) % originPorts.count);
      if (!byPort.has(port)) return port;
    }
    // All were given once: the one whose workspace has been gone for longest is given again.
    const oldest = [...byKey.values()].find(({ ask }) => !isThere(ask.id));
    if (oldest === undefined) return undefined;
    byKey.delete(keyOf(oldest.ask));
    byPort.delete(oldest.port);
    return oldest.port;
  }

  return {
    of(ask) {
      const key = keyOf(ask);
      const known = byKey.get(key);
      if (known !== undefined) return known.port;
      if (!isThere(ask.id)) return undefined;
      const own = [...byKey.values()].filter((one) => one.ask.id === ask.id);
      if (own.length >= mostOfOne) return undefined;
      const port = freePort(key);
      if (port === undefined) return undefined;
      put({ port, ask });
      changed();
      return port;
    },
    known: (ask) => byKey.get(keyOf(ask))?.port,
    at: (port) => byPort.get(port)?.ask,
    list: () => [...byKey.values()],
  };
}

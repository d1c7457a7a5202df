import type { ServeConfig } from './messages.ts';

/** Port of the tailnet address → port of loopback that its connections are handed to. */
export type Served = ReadonlyMap<number, number>;

export interface Merged {
  config: object;
  /** Ports that somebody else serves already: those are left alone. */
  taken: number[];
}

/**
 * What tailscaled is to serve, ours beside all that it serves for others. Ours is a foreground session's: tailscaled forgets it with the
 * connection that has the session, so that nothing of it stays behind, however we end (ipn.ServeConfig.Foreground). Pure.
 */
export function mergeServed(config: ServeConfig | null, session: string, served: Served): Merged {
  const { Foreground: foreground, ...rest } = config ?? {};
  const others = Object.entries(foreground ?? {}).filter(([id]) => id !== session);
  const theirs = [rest.TCP, ...others.map(([, { TCP: ports }]) => ports)];
  const taken = [...served.keys()].filter((port) => theirs.some((ports) => ports?.[String(port)] !== undefined));
  const own = [...served]
    .filter(([port]) => !taken.includes(port))
    .map(([port, at]) => [String(port), { TCPForward: `127.0.0.1:${String(at)}`, ProxyProtocol: 2 }] as const);
  const sessions = [...others, ...(own.length === 0 ? [] : [[session, { TCP: Object.fromEntries(own) }] as const])];
  return {
    config: { ...rest, ...(sessions.length === 0 ? {} : { Foreground: Object.fromEntries(sessions) }) },
    taken,
  };
}

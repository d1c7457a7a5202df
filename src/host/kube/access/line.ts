import type { Duplex } from 'node:stream';
import type { TailnetReach } from '../../tailnet/tailnet.ts';
import { isLoopback } from './proxy-choice.ts';
import { proxiedSocket } from './proxied-socket.ts';
import type { ProxyTls } from './proxied-socket.ts';

/** A connection to the API server that is not made by this computer's own network; undefined where that is to make it. */
export type Line = (host: string, port: number, trust: ProxyTls) => Promise<Duplex | undefined>;

/** How long a connection through the tailnet may take, in milliseconds: as long as one through a proxy. */
const dialMs = 10_000;

/**
 * How the API server is reached: through the proxy, where there is one; through the host's tailnet, where that has the server's
 * address or full name, or a route to it; undefined where neither can be.
 */
export function lineTo(server: URL, proxy: URL | undefined, reach: TailnetReach | undefined): Line | undefined {
  if (proxy !== undefined) return (host, port, trust) => proxiedSocket(proxy, host, port, trust);
  const name = server.hostname.replace(/^\[|\]$/g, '');
  // A name without a dot is one of this computer's network.
  if (reach === undefined || isLoopback(name) || !/[.:]/.test(name)) return undefined;
  return (host, port) => reach.dial({ host, port }, AbortSignal.timeout(dialMs));
}

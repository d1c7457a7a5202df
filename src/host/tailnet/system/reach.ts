import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { TailnetRoute } from '../tailnet.ts';
import type { SystemStatus } from './messages.ts';

/**
 * The address in the tailnet of a name or an address, where tailscaled has to be asked to dial it: in user space. Undefined where this
 * machine's own network leads into the tailnet, and for what is not in it. Pure.
 */
export function locateIn(status: SystemStatus | undefined, host: string): string | undefined {
  if (status === undefined || status.BackendState !== 'Running' || status.TUN !== false) return undefined;
  const nodes = [...(status.Self ? [status.Self] : []), ...Object.values(status.Peer ?? {})];
  if (isIP(host) === 0) {
    const name = host.toLowerCase().replace(/\.$/, '');
    return nodes.find(({ DNSName: own = '' }) => own.toLowerCase().replace(/\.$/, '') === name)?.TailscaleIPs[0];
  }
  const isThere = nodes.some(
    ({ TailscaleIPs: own, PrimaryRoutes: routes }) =>
      own.includes(host) || routes.some((route) => leadsTo(route, host)),
  );
  return isThere ? host : undefined;
}

function leadsTo(route: string, host: string): boolean {
  if (!ipaddr.isValidCIDR(route)) return false;
  const [network, bits] = ipaddr.parseCIDR(route);
  const address = ipaddr.parse(host);
  return address.kind() === network.kind() && address.match([network, bits] as never);
}

/** Subnets that nodes lead to. Pure. */
export function routesOf(status: SystemStatus | undefined): TailnetRoute[] {
  return Object.values(status?.Peer ?? {}).flatMap(({ DNSName: name = '', PrimaryRoutes: routes, Online: online }) =>
    routes.map((cidr) => ({ cidr, via: name.replace(/\.$/, ''), online: online === true })),
  );
}

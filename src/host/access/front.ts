import { isIP } from 'node:net';
import type { ProxyAsk } from '../proxy/forms/ask.ts';
import { loopbackName, parseLoopbackName } from './loopback-names.ts';

/** Where people find this host: `localhost` and our port, or the name and port of what stands in front (`GUILDNET_PUBLIC_URL`). */
export interface Front {
  /** As browsers write it: lower case, IPv6 in brackets. */
  host: string;
  port: number;
}

const loopbackDomain = '.localhost';
/** Of https. */
export const defaultPort = 443;

/** `host:port` without the port when it is the scheme's own: how browsers write an origin. */
export function authorityOf(host: string, port: number): string {
  const bracketed = host.includes(':') && isIP(host) === 6 ? `[${host}]` : host;
  return port === defaultPort ? bracketed : `${bracketed}:${String(port)}`;
}

/** The origin of the control UI. */
export function originOf({ host, port }: Front): string {
  return `https://${authorityOf(host, port)}`;
}

/**
 * The own origin of what is asked for: a name below the front's own, `<id>.localhost:9000` or `<id>.dev.example`. Undefined
 * where it can have none: the label would be too long, or the front is an address and has no names below it.
 */
export function workspaceOriginAt(front: Front, ask: ProxyAsk): string | undefined {
  const name = loopbackName(ask);
  if (name === undefined || isIP(front.host.replaceAll(/^\[|\]$/g, '')) !== 0) return undefined;
  return originOf({ host: `${name.slice(0, -loopbackDomain.length)}.${front.host}`, port: front.port });
}

/** What is at this host name below the front's; the inverse of `workspaceOriginAt`. */
export function workspaceBelow(front: Front, host: string): ProxyAsk | undefined {
  const below = `.${front.host}`;
  return host.endsWith(below) ? parseLoopbackName(`${host.slice(0, -below.length)}${loopbackDomain}`) : undefined;
}

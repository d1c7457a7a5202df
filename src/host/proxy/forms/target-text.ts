import { GuildNetError } from '#contract/errors.ts';
import type { PortScheme } from '#contract/port-scheme.ts';

export interface TargetText {
  /** As a browser would write it: lower case, IPv4 in four decimals, Unicode as punycode; IPv6 without brackets. */
  host: string;
  port: number | undefined;
  scheme: PortScheme | undefined;
}

/** No name is longer (RFC 1035, 2.3.4), and a scheme and a port come to it. */
const longest = 280;
const form =
  /^(?:(?<scheme>https?):(?!\/\/)(?=.*[^\d]))?(?<host>\[[0-9a-fA-F:.]+\]|[^:[\]/?#@\\%\s]+)(?::(?<port>[^:[\]]*))?$/u;

function refuse(text: string, why: string): GuildNetError {
  const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  return new GuildNetError('bad_target', `"${shown}" is no host and port: ${why}.`, {
    remedy: 'The form is host:port, for example my-service:8080 or [2001:db8::1]:8080; https:host:port for TLS.',
  });
}

/** A port from its digits; undefined when it is none. */
export function portOf(digits: string): number | undefined {
  const port = /^\d{1,5}$/.test(digits) ? Number(digits) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}

/** Letters, digits, hyphens and underscores between single dots: a name, or an IPv4 address. */
function isHostName(text: string): boolean {
  return text.length <= 253 && /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/.test(text);
}

/**
 * The host as the WHATWG URL Standard understands it ("host parsing"), so that `127.1`, `0x7f000001` and `2130706433` are
 * seen to be what a connection to them would reach; undefined when it is no host.
 */
export function canonicalHost(host: string): string | undefined {
  const url = URL.canParse(`http://${host}/`) ? new URL(`http://${host}/`) : undefined;
  // The root's dot says nothing that we would not say, and two names for one host are one too many.
  const known = url?.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '') ?? '';
  return url?.pathname === '/' && (known.includes(':') || isHostName(known)) ? known : undefined;
}

/**
 * Reads `[http:|https:]host[:port]`: what `?to=`, `/proxy/{to}/…`, `AGENT_HOST` and PROXY_TARGETS hold. The scheme before the
 * host is Kubernetes' own way of writing it (`https:name:port` of its proxy paths). Throws `bad_target` saying what is wrong.
 */
export function parseTargetText(text: string): TargetText {
  if (text === '') throw refuse(text, 'it is empty');
  if (text.length > longest) throw refuse(text, 'it is too long');
  if (text.includes('://')) throw refuse(text, 'it is a URL');
  if (text.includes('%')) throw refuse(text, 'percent-encoding has no meaning in it');
  const { scheme, host = '', port } = form.exec(text)?.groups ?? {};
  if (host === '') throw refuse(text, 'it holds what cannot be in a host name');
  const number = port === undefined ? undefined : portOf(port);
  if (port !== undefined && number === undefined) throw refuse(text, `"${port}" is not a port`);
  const canonical = canonicalHost(host);
  if (canonical === undefined) throw refuse(text, 'its host is neither a name nor an address');
  return { host: canonical, port: number, scheme: scheme === 'http' || scheme === 'https' ? scheme : undefined };
}

import { isFieldValue } from './field.ts';
import type { RewriteView } from './view.ts';

type LocationView = Pick<RewriteView, 'publicOrigin' | 'prefix' | 'ownHosts' | 'ownPorts' | 'originOfPort'>;

/** A URL with an authority, as browsers read one: `\` is `/`, and more than two of them count as two (WHATWG URL, 4.4). */
const withAuthority = /^(?:(?<scheme>https?):)?[\\/]{2,}(?<authority>[^\\/?#]*)(?<rest>.*)$/is;

/** A server that knows its prefix (X-Forwarded-Prefix) must not get it twice. */
export function underPrefix(path: string, { prefix }: Pick<RewriteView, 'prefix'>): string {
  const known = path === prefix || path.startsWith(`${prefix}/`) || path.startsWith(`${prefix}?`);
  return prefix === '' || known ? path : prefix + path;
}

/** `host` in lower case and the port that it stands for; more than one where the scheme is left open. */
function readAuthority(authority: string, scheme: string | undefined): { host: string; ports: number[] } | undefined {
  // A user name is no part of where it leads.
  const match = /^(?:.*@)?(?<host>\[[^\]]*\]|[^:]*)(?::(?<port>\d{0,5}))?$/s.exec(authority.toLowerCase());
  const { host, port } = match?.groups ?? {};
  if (host === undefined || host === '') return undefined;
  if (port !== undefined && port !== '') return { host, ports: [Number(port)] };
  return { host, ports: scheme === undefined ? [80, 443] : [scheme.toLowerCase() === 'https' ? 443 : 80] };
}

/** The origin at which the browser finds what the workspace calls `authority`; undefined when that is not the workspace. */
function publicOriginOf(authority: string, scheme: string | undefined, view: LocationView): string | undefined {
  const named = readAuthority(authority, scheme);
  if (named === undefined) return undefined;
  const outer = new URL(view.publicOrigin);
  const outerPort = Number(outer.port === '' ? 443 : outer.port);
  const isInner = named.ports.some((port) => view.ownPorts.includes(port));
  if (named.host === outer.hostname) {
    // Servers write the name that they were asked by beside the port that they listen on, or beside none.
    const unnamed = !/:\d+$/.test(authority) && view.prefix === '';
    if (isInner || unnamed || named.ports.includes(outerPort)) return view.publicOrigin;
  } else if (!view.ownHosts.includes(named.host)) {
    return undefined;
  }
  if (isInner) return view.publicOrigin;
  const [port] = named.ports;
  return port === undefined ? undefined : view.originOfPort(port);
}

/**
 * A `Location` as the browser has to see it: where the workspace names itself, by whatever of its names and ports, it is
 * the origin that the browser knows it by (specification, "Browser Integration"). Paths stay byte for byte; redirects to
 * elsewhere are left alone. Undefined when it is no header value at all.
 */
export function rewriteLocation(location: string, view: LocationView): string | undefined {
  if (!isFieldValue(location)) return undefined;
  // Browsers drop tabs, and blanks around.
  const target = location.replaceAll('\t', '').trim();
  const absolute = withAuthority.exec(target)?.groups;
  if (absolute === undefined) return target.startsWith('/') ? underPrefix(target, view) : target;
  const origin = publicOriginOf(absolute['authority'] ?? '', absolute['scheme'], view);
  if (origin === undefined) return target;
  const rest = absolute['rest'] ?? '';
  const path = /^[\\/]/.test(rest) ? rest : `/${rest}`;
  return `${origin}${origin === view.publicOrigin ? underPrefix(path, view) : path}`;
}

/** A `Refresh` header, `seconds; url=target`, of which the target is rewritten as a Location. */
export function rewriteRefresh(refresh: string, view: LocationView): string | undefined {
  if (!isFieldValue(refresh)) return undefined;
  const parts = /^(?<before>[^;,]*[;,]\s*(?:url\s*=\s*)?)(?<quote>["']?)(?<target>.*?)\k<quote>\s*$/is.exec(refresh);
  const { before, quote, target } = parts?.groups ?? {};
  if (before === undefined || quote === undefined || target === undefined || target === '') return refresh;
  const rewritten = rewriteLocation(target, view);
  return rewritten === undefined ? undefined : `${before}${quote}${rewritten}${quote}`;
}

/** A `Link` header (RFC 8288), of which every target is rewritten as a Location. */
export function rewriteLink(link: string, view: LocationView): string | undefined {
  if (!isFieldValue(link)) return undefined;
  return link.replaceAll(/<([^>]*)>/g, (whole, target: string) => {
    const rewritten = rewriteLocation(target, view);
    return rewritten === undefined ? whole : `<${rewritten}>`;
  });
}

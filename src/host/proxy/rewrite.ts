import type { IncomingHttpHeaders } from 'node:http';

/** How a workspace is seen from outside, and how it may call itself. */
export interface RewriteView {
  /** Origin under which the browser sees it, such as `https://<id>.localhost:8080`. */
  publicOrigin: string;
  /** Where its root lies on that origin: '' or `/proxy/server/{id}`. */
  prefix: string;
  /** `host:port` names by which the workspace means itself in redirects. */
  ownAuthorities: readonly string[];
}

/** Headers that act on more than the workspace: they would clear or pin other ports and origins of this machine. */
const stripped = ['clear-site-data', 'strict-transport-security', 'public-key-pins', 'alt-svc'];

/** A server that knows its prefix (X-Forwarded-Prefix) must not get it twice. */
function underPrefix(path: string, { prefix }: RewriteView): string {
  return prefix === '' || path === prefix || path.startsWith(`${prefix}/`) ? path : prefix + path;
}

/** A `Location` as the browser has to see it. Paths stay byte for byte; redirects to elsewhere are left alone. */
export function rewriteLocation(location: string, view: RewriteView): string {
  if (location.startsWith('/') && !location.startsWith('//')) return underPrefix(location, view);
  const absolute = /^(?:https?:)?\/\/(?<authority>[^/?#]*)(?<rest>.*)$/is.exec(location)?.groups;
  if (absolute === undefined) return location;
  const authority = (absolute['authority'] ?? '').toLowerCase();
  const rest = absolute['rest'] ?? '';
  const own = authority === new URL(view.publicOrigin).host || view.ownAuthorities.includes(authority);
  if (!own) return location;
  return `${view.publicOrigin}${underPrefix(rest.startsWith('/') ? rest : `/${rest}`, view)}`;
}

/**
 * A `Set-Cookie` that stays with its workspace and works in an iframe (specification, "Browser Integration"):
 * no Domain, always `Secure; SameSite=None; Partitioned`, and a Path under the workspace's root.
 */
export function rewriteSetCookie(cookie: string, view: RewriteView): string {
  const [pair = '', ...attributes] = cookie.split(';');
  const kept: string[] = [];
  let path: string | undefined;
  for (const attribute of attributes.map((each) => each.trim())) {
    const [key = '', value = ''] = attribute.split(/=(.*)/s);
    const name = key.trim().toLowerCase();
    if (name === 'path') path = value.trim();
    else if (!['', 'domain', 'secure', 'samesite', 'partitioned'].includes(name)) kept.push(attribute);
  }
  // A cookie without Path, or with one that is no path, belongs to the directory of the page: the browser's own rule.
  if (path?.startsWith('/') === true) {
    // `__Host-` cookies are refused under any path but the root.
    const rooted = pair.trimStart().startsWith('__Host-');
    kept.push(`Path=${rooted ? path : underPrefix(path, view)}`);
  }
  return [pair.trim(), ...kept, 'Secure', 'SameSite=None', 'Partitioned'].join('; ');
}

/** Makes an upstream's response headers fit for the browser, in place. */
export function rewriteResponseHeaders(headers: IncomingHttpHeaders, view: RewriteView): void {
  for (const name of stripped) delete headers[name];
  if (headers.location !== undefined) headers.location = rewriteLocation(headers.location, view);
  if (headers['content-location'] !== undefined) {
    headers['content-location'] = rewriteLocation(headers['content-location'], view);
  }
  if (headers['set-cookie'] !== undefined) {
    headers['set-cookie'] = headers['set-cookie'].map((cookie) => rewriteSetCookie(cookie, view));
  }
}

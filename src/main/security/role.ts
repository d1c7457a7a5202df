import { isOwnHost } from './port-host.ts';

/**
 * What a web page of ours is, which decides what it may do. A page without a role is `closed`: it may do nothing.
 */
export type Role =
  | { readonly kind: 'ui'; readonly origin: string }
  /** Foreign code. `url` is where the host's proxy serves the workspace; everything of the workspace lies below it. */
  | { readonly kind: 'workspace'; readonly id: string; readonly url: string }
  | { readonly kind: 'closed' };

export const closed: Role = { kind: 'closed' };

/** The parsed URL, or undefined when it is none. */
export function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** The serialised origin, of custom schemes as well, for which `URL.origin` says "null". */
export function originOf(url: URL): string {
  return url.origin === 'null' ? `${url.protocol}//${url.host}` : url.origin;
}

/** The origin that a workspace's page is at, where that is on the web and not the workspace's own; undefined at home. */
export function awayFrom(role: Role, at: string): string | undefined {
  const url = parseUrl(at);
  if (role.kind !== 'workspace' || url === undefined || isOwn(role, url)) return undefined;
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.origin : undefined;
}

/**
 * Whether `url` belongs to the page's own site: the UI's origin, or the workspace's origin or that of another of its ports, and,
 * where workspaces share one origin (PROXY_ORIGIN_MODE=path), the workspace's own path on it.
 */
export function isOwn(role: Role, url: URL): boolean {
  switch (role.kind) {
    case 'ui':
      return originOf(url) === role.origin;
    case 'workspace': {
      const base = new URL(role.url);
      const sameDoor = url.protocol === base.protocol && url.port === base.port;
      return sameDoor && isOwnHost(base.hostname, url.hostname) && url.pathname.startsWith(base.pathname);
    }
    case 'closed':
      return false;
  }
}

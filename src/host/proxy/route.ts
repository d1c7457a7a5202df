import { GuildNetError } from '#contract/errors.ts';
import { isDnsLabel } from '#contract/names.ts';
import type { AskedHost } from '../access/host-names.ts';

export interface RoutedRequest {
  host: AskedHost;
  /** The request target as it came: nothing decoded, nothing normalised. */
  url: string;
  fetchMode: string | undefined;
}

export interface RouteConfig {
  originMode: 'host' | 'path';
  /** Origin of a workspace, such as `https://<id>.localhost:8080`. */
  workspaceOrigin(id: string): string;
}

/** Where a request goes. `upstreamPath` is a piece of the request target, byte for byte. */
export type Route =
  | { kind: 'ui' }
  | { kind: 'api' }
  | { kind: 'metrics' }
  | {
      kind: 'workspace';
      id: string;
      upstreamPath: string;
      mode: 'origin' | 'path' /** Where the workspace's root lies on the origin asked. */;
      prefix: string;
    }
  | { kind: 'redirect'; location: string }
  | { kind: 'error'; error: GuildNetError };

const pathForm = '/proxy/server/';
const apiPath = /^\/(?:api|sse|healthz)(?:[/?]|$)/;

function error(...args: ConstructorParameters<typeof GuildNetError>): Route {
  return { kind: 'error', error: new GuildNetError(...args) };
}

/** Splits `/proxy/server/{id}{rest}`: rest begins with `/` or `?`, or is empty. */
function splitPathForm(url: string): { id: string; rest: string } {
  const after = url.slice(pathForm.length);
  const end = after.search(/[/?]/);
  return end === -1 ? { id: after, rest: '' } : { id: after.slice(0, end), rest: after.slice(end) };
}

function routePathForm({ host, url, fetchMode }: RoutedRequest, config: RouteConfig): Route {
  const { id, rest } = splitPathForm(url);
  if (!isDnsLabel(id)) {
    return error('not_found', `There is no workspace "${id.slice(0, 80)}".`, {
      remedy: 'The form is /proxy/server/{id}/, with the id that /api/servers lists.',
    });
  }
  // Without the slash a page's relative links would lose the id.
  if (!rest.startsWith('/')) return { kind: 'redirect', location: `${pathForm}${id}/${rest}` };
  const inPlace: Route = { kind: 'workspace', id, upstreamPath: rest, mode: 'path', prefix: `${pathForm}${id}` };
  if (config.originMode === 'path' || fetchMode !== 'navigate') return inPlace;
  if (host.kind === 'control' && host.loopback) {
    return { kind: 'redirect', location: `${config.workspaceOrigin(id)}${rest}` };
  }
  // `<id>.localhost` would be the visitor's own machine, and the control origin is not for foreign code.
  return error('unsupported', 'Workspaces cannot be opened under this name: they need an origin of their own.', {
    remedy: 'Open GuildNet as https://localhost, or set PROXY_ORIGIN_MODE=path to let workspaces share its origin.',
  });
}

/**
 * Decides where a request goes, by host name first: on a workspace's origin every path is the workspace's, so no path
 * of ours can be reached there (specification, "Access Flow"; forms in "Endpoints").
 */
export function route(request: RoutedRequest, config: RouteConfig): Route {
  const { host, url } = request;
  if (host.kind === 'foreign') {
    return error('forbidden', `This host is not known by the name "${host.authority}".`, {
      remedy: 'Open it as https://localhost with its port, or list the name in GUILDNET_ALLOWED_HOSTS.',
    });
  }
  if (!url.startsWith('/')) return error('not_found', 'The request target is not a path.');
  if (host.kind === 'workspace') {
    return { kind: 'workspace', id: host.id, upstreamPath: url, mode: 'origin', prefix: '' };
  }
  if (apiPath.test(url)) return { kind: 'api' };
  if (/^\/metrics(?:\?|$)/.test(url)) return { kind: 'metrics' };
  if (url.startsWith(pathForm)) return routePathForm(request, config);
  if (/^\/proxy(?:[/?]|$)/.test(url)) {
    return error('unsupported', 'This form of the proxy is not served.', {
      remedy: 'Use /proxy/server/{id}/ with the id that /api/servers lists.',
    });
  }
  return { kind: 'ui' };
}

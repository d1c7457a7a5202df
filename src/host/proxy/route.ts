import { GuildNetError } from '#contract/errors.ts';
import { storageProbeTarget } from '#contract/storage-probe.ts';
import { backTarget, downloadStep } from '../access/download-detour.ts';
import { enterPath, signInPath } from '../access/entrance-urls.ts';
import type { AskedHost } from '../access/asked-host.ts';
import { foreignHost } from '../access/foreign-host.ts';
import { askName } from './forms/ask.ts';
import type { ProxyAsk } from './forms/ask.ts';
import { parseProxyForm } from './forms/proxy-form.ts';

export interface RoutedRequest {
  host: AskedHost;
  /** The request target as it came: nothing decoded, nothing normalised. */
  url: string;
  fetchMode: string | undefined;
}

export interface RouteConfig {
  originMode: 'host' | 'path';
  /** The own origin of what is asked for, such as `https://<id>.localhost:8080`; undefined where it can have none. */
  ownOrigin(ask: ProxyAsk): string | undefined;
}

/** Where a request goes. `upstreamPath` is a piece of the request target, byte for byte. */
export type Route =
  | { kind: 'ui' }
  | { kind: 'api' }
  /** Whether the host lives and is ready: open to everyone. */
  | { kind: 'probe' }
  /** Where browsers come to a session. */
  | { kind: 'entrance'; door: 'sign-in' | 'enter' }
  | { kind: 'metrics' }
  /** The page by which the UI learns whether a workspace has storage in its frame. */
  | { kind: 'storage-probe' }
  | {
      kind: 'workspace';
      ask: ProxyAsk;
      /** The workspace's id, or the `host:port` of a target that is none. */
      id: string;
      upstreamPath: string;
      mode: 'origin' | 'path' /** Where the root of what is asked for lies on the origin asked. */;
      prefix: string;
      /** What a page of it asked for as a download, come back from another origin: the answer is to become a file. */
      file?: true;
    }
  | { kind: 'redirect'; location: string }
  /** A page of a workspace, asked for on the control origin: whoever may open it is sent on to its own (`ownAddress`). */
  | { kind: 'elsewhere'; ask: ProxyAsk; upstreamPath: string }
  /** A download on its way, at the origin that only sends it back. */
  | { kind: 'detour'; location: string }
  | { kind: 'error'; error: GuildNetError };

const apiPath = /^\/(?:api|sse)(?:[/?]|$)/;
/** The one page below /api: the UI draws the host's own description of it. */
const referencePath = /^\/api\/docs(?:\?|$)/;
const probePath = /^\/(?:healthz|readyz|livez)(?:[/?]|$)/;

function error(...args: ConstructorParameters<typeof GuildNetError>): Route {
  return { kind: 'error', error: new GuildNetError(...args) };
}

function routeProxyForm({ host, url, fetchMode }: RoutedRequest, config: RouteConfig): Route {
  const form = parseProxyForm(url);
  if (form.kind === 'incomplete') return { kind: 'redirect', location: form.complete };
  const { ask, upstreamPath, prefix } = form;
  const inPlace: Route = { kind: 'workspace', ask, id: askName(ask), upstreamPath, mode: 'path', prefix };
  if (config.originMode === 'path' || fetchMode !== 'navigate') return inPlace;
  if (host.kind !== 'control' || !host.loopback) {
    // `<id>.localhost` would be the visitor's own machine, and the control origin is not for foreign code.
    return error('unsupported', 'Workspaces cannot be opened under this name: they need an origin of their own.', {
      remedy: 'Open GuildNet as https://localhost, or set PROXY_ORIGIN_MODE=path to let workspaces share its origin.',
    });
  }
  return { kind: 'elsewhere', ask, upstreamPath };
}

/** Where a page is that was asked for on the control origin. Throws `unsupported` where what is asked for has no origin of its own. */
export function ownAddress(
  { ask, upstreamPath }: Extract<Route, { kind: 'elsewhere' }>,
  origin: string | undefined,
): string {
  if (origin !== undefined) return `${origin}${upstreamPath}`;
  throw new GuildNetError(
    'unsupported',
    `"${askName(ask).slice(0, 80)}" can have no host name of its own to be opened under.`,
    {
      remedy:
        'A port and a name may have 63 characters together, and an IPv6 address is no name. Programs may use this form.',
    },
  );
}

/**
 * Decides where a request goes, by host name first: on a workspace's origin every path is the workspace's, so no path
 * of ours can be reached there (specification, "Access Flow"; forms in "Endpoints").
 */
export function route(request: RoutedRequest, config: RouteConfig): Route {
  const { host, url } = request;
  if (host.kind === 'foreign') {
    return { kind: 'error', error: foreignHost(host) };
  }
  if (!url.startsWith('/')) return error('not_found', 'The request target is not a path.');
  if (host.kind === 'workspace') {
    const { ask, id } = host;
    if (url === storageProbeTarget) return { kind: 'storage-probe' };
    const download = ask.kind === 'server' ? downloadStep(url, id) : undefined;
    const home = download?.step === 'away' ? config.ownOrigin(download.ask) : undefined;
    if (home !== undefined) return { kind: 'detour', location: `${home}${backTarget(download?.rest ?? '/')}` };
    const to = { kind: 'workspace', ask, id, mode: 'origin', prefix: '' } as const;
    return download?.step === 'back'
      ? { ...to, upstreamPath: download.rest, file: true }
      : { ...to, upstreamPath: url };
  }
  if (referencePath.test(url)) return { kind: 'ui' };
  if (apiPath.test(url)) return { kind: 'api' };
  if (probePath.test(url)) return { kind: 'probe' };
  const path = url.split('?')[0];
  if (path === signInPath) return { kind: 'entrance', door: 'sign-in' };
  if (path === enterPath) return { kind: 'entrance', door: 'enter' };
  if (/^\/metrics(?:\?|$)/.test(url)) return { kind: 'metrics' };
  if (!/^\/proxy(?:[/?]|$)/.test(url)) return { kind: 'ui' };
  try {
    return routeProxyForm(request, config);
  } catch (cause) {
    if (cause instanceof GuildNetError) return { kind: 'error', error: cause };
    throw cause;
  }
}

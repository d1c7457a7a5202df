import type { IncomingMessage } from 'node:http';
import { GuildNetError } from '#contract/errors.ts';
import { authorityOf, defaultPort } from '../access/front.ts';
import type { PeerUrls } from '../access/peer-urls.ts';
import { tailnetControlOrigins, urlHost } from '../access/tailnet-names.ts';
import type { TailnetNames } from '../access/tailnet-names.ts';
import type { ProxyAsk } from '../proxy/forms/ask.ts';
import type { RewriteSite } from '../proxy/response/view.ts';
import type { RouteConfig } from '../proxy/route.ts';
import type { OriginPorts } from './origin-ports.ts';

/** Where everything is in the tailnet, as whoever sends a request sees it. */
export interface Places {
  /** Throws `forbidden` for a request that names another port than it came by. */
  names(request: IncomingMessage): TailnetNames;
  /** Of origins that have a port already: a request gives none one before it is known who sends it. */
  routes(request: IncomingMessage): RouteConfig;
  ownOrigin(request: IncomingMessage, ask: ProxyAsk): Promise<string | undefined>;
  site(request: IncomingMessage): RewriteSite;
  urlsOf(request: IncomingMessage): PeerUrls;
  /** For the UI's Content-Security-Policy. */
  frameSource(): string;
  /** The same, for its requests: other hosts of this tailnet, which take over when this one is away. */
  connectSource(): string;
}

export interface PlacesOptions {
  /** The name in the tailnet, where there is one, and the addresses; empty while they are not known. */
  hosts(): readonly string[];
  ports(): Pick<OriginPorts, 'of' | 'known' | 'at'> | undefined;
  /** The port that a request came by; undefined where nobody knows. */
  portOf(request: IncomingMessage): number | undefined;
  /** Resolves when all ports that were given are open. */
  opened(): Promise<void>;
}

/** The host and port of a `Host` header. What is none is for whoever asks whom it means. */
function split(header: string | undefined): { host: string; port: number } | undefined {
  const url = URL.parse(`https://${header ?? ''}/`);
  if (url === null || header === undefined) return undefined;
  return { host: url.hostname, port: url.port === '' ? defaultPort : Number(url.port) };
}

export function createPlaces({ hosts, ports, portOf, opened }: PlacesOptions): Places {
  let known: { hosts: readonly string[]; names: TailnetNames } | undefined;
  /** The same object while the names are: what is derived from it is then derived once. */
  const names = (): TailnetNames => {
    const now = hosts();
    if (known?.hosts !== now)
      known = { hosts: now, names: { tailnetHosts: now.map(urlHost), askAt: (port) => ports()?.at(port) } };
    return known.names;
  };
  /** By the name that was asked for: what belongs together is then of one site. */
  const hostOf = (request: IncomingMessage): string => {
    const { tailnetHosts } = names();
    const asked = split(request.headers.host)?.host ?? '';
    return tailnetHosts.includes(asked) ? asked : (tailnetHosts[0] ?? 'localhost');
  };
  const originAt = (host: string, port: number): string => `https://${authorityOf(host, port)}`;
  const originOf = (host: string, ask: ProxyAsk, how: 'of' | 'known'): string | undefined => {
    const port = ask.kind === 'server' ? ports()?.[how](ask) : undefined;
    return port === undefined ? undefined : originAt(host, port);
  };
  const ownOrigin =
    (host: string) =>
    (ask: ProxyAsk): string | undefined =>
      originOf(host, ask, 'of');

  return {
    names(request) {
      const asked = split(request.headers.host);
      // A program can name any port. What it came by is what was opened, and is for whom it was opened.
      if (asked !== undefined && asked.port !== portOf(request))
        throw new GuildNetError('forbidden', 'This request names another port than the one that it came by.');
      return names();
    },
    routes(request) {
      const host = hostOf(request);
      return { originMode: 'host', ownOrigin: (ask) => originOf(host, ask, 'known') };
    },
    async ownOrigin(request, ask) {
      const origin = originOf(hostOf(request), ask, 'of');
      if (origin !== undefined) await opened();
      return origin;
    },
    site: (request) => ({
      controlOrigins: tailnetControlOrigins(names()),
      sharedOrigin: false,
      ownOrigin: ownOrigin(hostOf(request)),
      sharedJar: true,
    }),
    urlsOf(request) {
      const host = hostOf(request);
      const workspace = (id: string, port?: number): string | undefined => {
        const origin = ownOrigin(host)({ kind: 'server', id, ...(port === undefined ? {} : { port }) });
        return origin === undefined ? undefined : `${origin}/`;
      };
      return {
        control: originAt(host, defaultPort),
        workspace,
        async reachable(id, port) {
          const url = workspace(id, port);
          if (url === undefined)
            throw new GuildNetError('unsupported', `"${id.slice(0, 80)}" can have no further port in the tailnet.`, {
              remedy: 'A workspace has 64 of them at most; ask for one that it declares.',
            });
          await opened();
          return url;
        },
      };
    },
    // A Content-Security-Policy knows no address of IPv6 (CSP Level 3, 2.3.1, host-source).
    frameSource: () =>
      names()
        .tailnetHosts.filter((host) => !host.startsWith('['))
        .map((host) => `https://${host}:*`)
        .join(' '),
    // The name stands first, and all of a tailnet have its domain.
    connectSource() {
      const [name = ''] = names().tailnetHosts;
      const domain = /[a-z]$/.test(name) ? name.slice(name.indexOf('.') + 1) : '';
      return domain.includes('.') ? `https://*.${domain}` : '';
    },
  };
}

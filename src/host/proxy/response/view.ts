import type { IncomingHttpHeaders } from 'node:http';
import { readQualifiedId } from '#contract/qualified-id.ts';
import type { ProxyAsk } from '../forms/ask.ts';
import type { DirectTarget, PodTarget } from '../target.ts';
import type { SharedJar } from '../shared-jar.ts';
import { contextOf, mayBeDocument } from './browser-context.ts';
import type { BrowserContext } from './browser-context.ts';

/** What the host says of itself, for the rules of answers. */
export interface RewriteSite {
  /** Origins that the control UI is opened by: they alone may frame workspaces. */
  controlOrigins: readonly string[];
  /** PROXY_ORIGIN_MODE=path: workspaces share the control origin. */
  sharedOrigin: boolean;
  /** The own origin of what is asked for; undefined where it has none. */
  ownOrigin(ask: ProxyAsk): string | undefined;
  /** The origins of workspaces are ports of one host name, which share its cookies. */
  sharedJar?: boolean;
}

/** How a workspace is seen from outside, how it may call itself, and who reads the answer. */
export interface RewriteView extends Pick<RewriteSite, 'controlOrigins' | 'sharedOrigin'> {
  /** Origin under which the browser sees it, such as `https://<id>.localhost:8080`. */
  publicOrigin: string;
  /** Where its root lies on that origin: '' or `/proxy/server/{id}`. */
  prefix: string;
  /** Names and addresses by which the workspace means itself, in lower case. */
  ownHosts: readonly string[];
  /** Ports by which it means itself: the container's, and the Service's. */
  ownPorts: readonly number[];
  /** The origin that another port of the workspace is served on, if it is. */
  originOfPort(port: number): string | undefined;
  /** Other origins of the same workspace, which may frame this one. */
  siblingOrigins: readonly string[];
  /** Served on the control origin although workspaces have origins of their own: for programs alone. */
  inPlace: boolean;
  context: BrowserContext;
  /** Where its cookies lie among those of others. */
  jar?: SharedJar;
  /** Another origin asked for it, and was let. */
  fromElsewhere: boolean;
  /** Whether the answer may become a page or a frame, rather than a part of one. */
  document: boolean;
  /** The answer is to become a file, whatever it is. */
  file: boolean;
}

/** What of a target says how it may be called. */
export type AnsweringTarget =
  | Omit<PodTarget, 'podUid' | 'scheme'>
  | Pick<DirectTarget, 'kind' | 'host' | 'address' | 'port'>;

const loopbackNames = ['localhost', '127.0.0.1', '[::1]', '0.0.0.0', '[::]'];

/** An address as it stands in a URL. */
const hostOf = (address: string): string => (address.includes(':') ? `[${address.toLowerCase()}]` : address);

/** By what names the one that answers may mean itself. */
function ownNames({ id, ask }: AnsweredRoute, target: AnsweringTarget): string[] {
  if (target.kind === 'direct') return [target.host];
  if (ask.kind === 'target') return [ask.host];
  const { namespace, pod } = target;
  const { id: name } = readQualifiedId(id);
  const service = `${name}.${namespace}`;
  return [name, service, `${service}.svc`, `${service}.svc.cluster.local`, pod];
}

/** What of a route the rules need. */
export interface AnsweredRoute {
  ask: ProxyAsk;
  id: string;
  prefix: string;
  upstreamPath?: string;
  file?: true;
}

/** Where the cookies of what a route leads to lie among those of others; undefined where it has a jar of its own. */
export function jarOf({ id, upstreamPath = '/' }: AnsweredRoute, site: RewriteSite): SharedJar | undefined {
  return site.sharedJar === true ? { id, path: upstreamPath.split('?')[0] ?? '/' } : undefined;
}

/** The view of one request's answer. `headers` are the client's, before ours are taken out of them. */
export function rewriteViewOf(request: {
  headers: IncomingHttpHeaders;
  route: AnsweredRoute;
  target: AnsweringTarget;
  site: RewriteSite;
}): RewriteView {
  const { headers, route, target, site } = request;
  const { ask, id, prefix } = route;
  const addresses = target.kind === 'direct' ? [target.address] : (target.addresses ?? []);
  const servicePort = target.kind === 'direct' ? undefined : target.servicePort;
  const jar = jarOf(route, site);
  const main = ask.kind === 'server' && ask.port !== undefined ? site.ownOrigin({ kind: 'server', id }) : undefined;
  return {
    controlOrigins: site.controlOrigins,
    sharedOrigin: site.sharedOrigin,
    publicOrigin: `https://${headers.host ?? 'localhost'}`,
    prefix,
    ownHosts: [...loopbackNames, ...ownNames(route, target), ...addresses.map(hostOf)],
    ownPorts: servicePort === undefined ? [target.port] : [target.port, servicePort],
    originOfPort: (port) => (ask.kind === 'server' ? site.ownOrigin({ kind: 'server', id, port }) : undefined),
    siblingOrigins: main === undefined ? [] : [main],
    inPlace: prefix !== '' && !site.sharedOrigin,
    context: contextOf(headers),
    ...(jar === undefined ? {} : { jar }),
    fromElsewhere: ['cross-site', 'same-site'].includes(String(headers['sec-fetch-site'])),
    document: mayBeDocument(headers),
    file: route.file === true,
  };
}

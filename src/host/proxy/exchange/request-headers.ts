import type { Credential } from '../../sign-in/sign-in-kind.ts';
import { passHeader } from '../../access/pass-header.ts';
import { workspaceCookies } from '../upstream-headers.ts';
import type { SharedJar } from '../shared-jar.ts';
import { headerPairs, hopByHop, listed } from './header-list.ts';
import type { HeaderPair } from './header-list.ts';

export interface RequestView {
  /** The `Host` that the client asked for. It goes on as it is: servers compare it with the `Origin` of WebSockets. */
  host: string;
  /** What `Host` says instead to a host outside the cluster, which knows itself by its own name only. */
  upstreamHost?: string;
  clientAddress: string;
  /** What the workspace is shown in place of whatever the client sends of that kind. */
  credential?: Credential;
  mode: 'origin' | 'path';
  prefix: string;
  /** Where its cookies lie among those of others. */
  jar?: SharedJar;
}

/** How the body of a request is delimited: RFC 9112, 6.3. */
export type Framing = 'none' | 'length' | 'chunked';

/** What is said of one connection, apart from the headers that are the message's own. */
export interface ConnectionHeaders {
  framing: Framing;
  /** The protocol asked for by an upgrade. */
  upgrade?: string;
  /** Ask the workspace before the body is sent. */
  expectContinue?: boolean;
}

/** What a client may claim about where it comes from is not believed: this host is the first hop. */
const claimed: ReadonlySet<string> = new Set(['forwarded', 'x-real-ip', 'via', 'x-client-ip', 'true-client-ip']);
/** Of them, those that come in families; `tailscale serve` says in the last who somebody is (https://tailscale.com/kb/1312/serve). */
const claimedPrefix = /^(?:x-forwarded-|tailscale-)/;

/** Methods whose recipients expect a length, be it 0 (RFC 9110, 8.6). */
const withContent: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

function isKept(name: string, named: ReadonlySet<string>, { mode, upstreamHost, credential }: RequestView): boolean {
  if (hopByHop.has(name) || claimed.has(name) || claimedPrefix.test(name)) return false;
  if (name === passHeader) return false;
  // Sent to the control origin, so they are the control origin's.
  if (name === 'authorization' && (mode === 'path' || credential?.kind === 'authorization')) return false;
  // `Host` cannot be taken away by naming it; `Expect` is answered or asked anew; framing and cookies are set below.
  if (name === 'expect' || name === 'cookie' || name === 'content-length') return false;
  if (name === 'host') return upstreamHost === undefined;
  return !named.has(name);
}

/** RFC 7239, 4: an IPv6 address is bracketed, and then quoted. */
function forwardedNode(address: string): string {
  return address.includes(':') ? `"[${address}]"` : address;
}

function describeClient(view: RequestView): HeaderPair[] {
  const { host, clientAddress, mode, prefix } = view;
  return [
    // Without the host: with its port it has to be quoted, and code-server then takes the quotes for part of it.
    ['Forwarded', `for=${forwardedNode(clientAddress)};proto=https`],
    ['X-Forwarded-For', clientAddress],
    ['X-Forwarded-Host', host],
    ['X-Forwarded-Port', /:(\d+)$/.exec(host)?.[1] ?? '443'],
    ['X-Forwarded-Proto', 'https'],
    ...(mode === 'path' ? [['X-Forwarded-Prefix', prefix] as const] : []),
  ];
}

function describeConnection(
  pairs: readonly HeaderPair[],
  method: string,
  { framing, upgrade, expectContinue }: ConnectionHeaders,
): HeaderPair[] {
  const described: HeaderPair[] = [];
  const length = pairs.find(([name]) => name.toLowerCase() === 'content-length');
  if (framing === 'length' && length !== undefined) described.push(length);
  else if (framing === 'chunked') described.push(['Transfer-Encoding', 'chunked']);
  else if (withContent.has(method)) described.push(['Content-Length', '0']);
  const trailers = pairs.some(([name, value]) => name.toLowerCase() === 'te' && listed(value).includes('trailers'));
  if (upgrade !== undefined) described.push(['Connection', 'Upgrade'], ['Upgrade', upgrade]);
  else if (trailers) described.push(['Connection', 'keep-alive, TE'], ['TE', 'trailers']);
  else described.push(['Connection', 'keep-alive']);
  if (expectContinue === true) described.push(['Expect', '100-continue']);
  return described;
}

function sentCookies(sent: readonly string[], { credential, jar }: RequestView): string[] {
  const own = credential?.kind === 'cookie' ? credential : undefined;
  const kept = sent.length === 0 ? undefined : workspaceCookies(sent.join('; '), own?.name, jar);
  return [...(kept === undefined ? [] : [kept]), ...(own === undefined ? [] : [`${own.name}=${own.value}`])];
}

/**
 * The headers with which a workspace is asked, flat as `rawHeaders` are: order, spelling and repetitions as the client sent
 * them, without what ends here, and with what only this host knows. `raw` has passed `requestProblem`.
 */
export function upstreamHeaders(
  raw: readonly string[],
  method: string,
  view: RequestView,
  connection: ConnectionHeaders,
): string[] {
  const pairs = headerPairs(raw);
  const named = new Set(pairs.flatMap(([name, value]) => (name.toLowerCase() === 'connection' ? listed(value) : [])));
  const kept = pairs.filter(([name]) => isKept(name.toLowerCase(), named, view));
  // HTTP/2 has `:authority` in place of it.
  const host: HeaderPair[] = kept.some(([name]) => name.toLowerCase() === 'host')
    ? []
    : [['Host', view.upstreamHost ?? view.host]];
  // HTTP/2 may split it (RFC 9113, 8.2.3); for HTTP/1.1 it is one line.
  const sent = pairs.filter(([name]) => name.toLowerCase() === 'cookie').map(([, value]) => value);
  const cookies = sentCookies(named.has('cookie') ? [] : sent, view);
  return [
    ...host,
    ...kept,
    ...(cookies.length === 0 ? [] : [['Cookie', cookies.join('; ')] as const]),
    ...(view.credential?.kind === 'authorization' ? [['Authorization', view.credential.value] as const] : []),
    ...describeClient(view),
    ...describeConnection(pairs, method, connection),
  ].flat();
}

import { isIP } from 'node:net';
import { askName } from '../proxy/forms/ask.ts';
import type { AskedHost } from './asked-host.ts';
import type { Front } from './front.ts';
import { authorityOf, defaultPort, workspaceBelow } from './front.ts';
import { parseLoopbackName } from './loopback-names.ts';
import { askedInTailnet, tailnetControlOrigins } from './tailnet-names.ts';
import type { TailnetNames } from './tailnet-names.ts';

/** Under which names this host may be asked for: by those on its own machine and network, or by its tailnet's peers. */
export type HostNames = OwnNames | TailnetNames;

export interface OwnNames {
  /** The port that we listen on. */
  port: number;
  /** The host of `LISTEN_LOCAL`: a specific name or address may be asked for, with a wildcard any address. */
  listenHost: string;
  /** What stands in front of us, when configured. */
  publicUrl?: Front | undefined;
  /** `FRONTEND_ORIGIN`, when configured. */
  frontendOrigin?: string | undefined;
  /** Further `host[:port]` names; without a port, ours and the scheme's own are meant. */
  allowedHosts: readonly string[];
}

const wildcards = ['0.0.0.0', '::', ''];
const loopback = ['localhost', '127.0.0.1', '[::1]'];

function split(authority: string): { host: string; port: number } | undefined {
  const match = /^(?<host>\[[0-9a-f:.]+\]|[^:[\]/@\s]+)(?::(?<port>\d{1,5}))?$/.exec(authority);
  if (match?.groups === undefined) return undefined;
  const { host = '', port } = match.groups;
  return { host, port: port === undefined ? defaultPort : Number(port) };
}

/**
 * Whom a `Host` header asks for. Names that nobody but this machine or its owner can have given are ours; any other
 * name may have been pointed here by a stranger's DNS (rebinding) and is foreign.
 */
export function askedHost(header: string | undefined, names: HostNames): AskedHost {
  if ('tailnetHosts' in names) return askedInTailnet((header ?? '').toLowerCase(), names);
  const known = askedByNames.get(names) ?? new Map<string, AskedHost>();
  askedByNames.set(names, known);
  const text = header ?? '';
  const before = known.get(text);
  if (before !== undefined) return before;
  const asked = judgeHost(text.toLowerCase(), names);
  if (known.size >= mostAsked) known.clear();
  if (text.length <= longestAsked) known.set(text, asked);
  return asked;
}

/** Every request of a page asks for the same: what a header is found to be is remembered as long as the names are. */
const askedByNames = new WeakMap<OwnNames, Map<string, AskedHost>>();
const mostAsked = 64;
const longestAsked = 128;

function judgeHost(authority: string, names: OwnNames): AskedHost {
  const asked = split(authority);
  const foreign: AskedHost = { kind: 'foreign', authority };
  if (asked === undefined) return foreign;
  const canonical = authorityOf(asked.host.replace(/^\[|\]$/g, ''), asked.port);
  const isLoopback = loopback.includes(asked.host);
  const control: AskedHost = { kind: 'control', authority: canonical, loopback: isLoopback };

  const configured = names.allowedHosts.some((name) => {
    const allowed = split(name.toLowerCase());
    const ports = /:\d+$/.test(name) ? [allowed?.port] : [names.port, defaultPort];
    return allowed?.host === asked.host && ports.includes(asked.port);
  });
  if (configured) return control;
  if (names.publicUrl !== undefined && asked.port === names.publicUrl.port) {
    // Whoever comes by the outer name finds the workspaces below it, wherever the browser runs.
    if (asked.host === names.publicUrl.host) return { ...control, loopback: true };
    const ask = workspaceBelow(names.publicUrl, asked.host);
    if (ask !== undefined) return { kind: 'workspace', authority: canonical, id: askName(ask), ask };
  }
  if (names.frontendOrigin !== undefined && new URL(names.frontendOrigin).host === canonical) return control;

  if (asked.port !== names.port) return foreign;
  if (isLoopback) return control;
  // Rebinding needs a name: an address in `Host` was asked for as such, by a probe in a cluster for example.
  if (wildcards.includes(names.listenHost)) {
    if (isIP(asked.host.replace(/^\[|\]$/g, '')) !== 0) return control;
  } else if (authorityOf(names.listenHost, names.port) === canonical) {
    return control;
  }
  const ask = parseLoopbackName(asked.host);
  return ask === undefined ? foreign : { kind: 'workspace', authority: canonical, id: askName(ask), ask };
}

const originsOfNames = new WeakMap<HostNames, readonly string[]>();

/** The origins that the control UI can be opened by, as far as they can be listed: with a wildcard, addresses cannot. */
export function controlOrigins(names: HostNames): readonly string[] {
  // Every answer of a workspace names them.
  const list = (): string[] => ('tailnetHosts' in names ? tailnetControlOrigins(names) : listControlOrigins(names));
  const origins = originsOfNames.get(names) ?? list();
  originsOfNames.set(names, origins);
  return origins;
}

function listControlOrigins({ port, listenHost, publicUrl, frontendOrigin, allowedHosts }: OwnNames): string[] {
  const allowed = allowedHosts.flatMap((name) => {
    const named = split(name.toLowerCase());
    if (named === undefined) return [];
    const ports = /:\d+$/.test(name) ? [named.port] : [port, defaultPort];
    return ports.map((one) => ({ host: named.host, port: one }));
  });
  const listening = wildcards.includes(listenHost) ? [] : [{ host: listenHost, port }];
  const front = publicUrl === undefined ? [] : [publicUrl];
  const known = [...loopback.map((host) => ({ host, port })), ...front, ...listening, ...allowed];
  const origins = known.map((name) => `https://${authorityOf(name.host, name.port)}`);
  return [...new Set([...origins, ...(frontendOrigin === undefined ? [] : [frontendOrigin])])];
}

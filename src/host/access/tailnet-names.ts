import type { ProxyAsk } from '../proxy/forms/ask.ts';
import { askName } from '../proxy/forms/ask.ts';
import { authorityOf, defaultPort } from './front.ts';
import type { AskedHost } from './asked-host.ts';

/** Under which names peers find this host: its name in the tailnet and its addresses there, each with many ports. */
export interface TailnetNames {
  /** As browsers write them: lower case, IPv6 in brackets. The name first. */
  tailnetHosts: readonly string[];
  /** Whose origin a port is; undefined where it is nobody's. 443 is the control origin's. */
  askAt(port: number): ProxyAsk | undefined;
  /** No page of another origin is ours here. */
  frontendOrigin?: undefined;
}

/** Whom a `Host` header, or the host of an origin, means in the tailnet. Any other name is a stranger's. Pure. */
export function askedInTailnet(authority: string, names: TailnetNames): AskedHost {
  const { host = '', port: text } =
    /^(?<host>\[[0-9a-f:.]+\]|[^:[\]/@\s]+)(?::(?<port>\d{1,5}))?$/.exec(authority)?.groups ?? {};
  const port = text === undefined ? defaultPort : Number(text);
  // To a peer localhost is their own machine, and the host's settings are somebody else's.
  const [control] = tailnetControlOrigins(names);
  const remedy =
    control === undefined
      ? 'Ask whoever runs it for its name in the tailnet.'
      : `Its address in the tailnet is ${control}.`;
  const foreign: AskedHost = { kind: 'foreign', authority, remedy };
  if (!names.tailnetHosts.includes(host)) return foreign;
  const canonical = authorityOf(host, port);
  // Workspaces are at ports of whichever name was asked for.
  if (port === defaultPort) return { kind: 'control', authority: canonical, loopback: true };
  const ask = names.askAt(port);
  return ask === undefined ? foreign : { kind: 'workspace', authority: canonical, id: askName(ask), ask };
}

/** The origins that the control UI is opened by in the tailnet. */
export function tailnetControlOrigins({ tailnetHosts }: TailnetNames): string[] {
  return tailnetHosts.map((host) => `https://${authorityOf(host, defaultPort)}`);
}

/** An address as browsers write it in a URL. */
export function urlHost(address: string): string {
  return address.includes(':') ? `[${address.toLowerCase()}]` : address.toLowerCase();
}

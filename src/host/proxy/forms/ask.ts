import type { PortScheme } from '#contract/port-scheme.ts';

/** What a request asks to be led to, in whichever form it was asked. */
export type ProxyAsk =
  /** A workspace, or a Service that is called so: `{id}` of the specification. Without a port, the preferred one. */
  | { kind: 'server'; id: string; port?: number; scheme?: PortScheme }
  /** A host and port: `to=` of the specification. */
  | { kind: 'target'; host: string; port: number; scheme?: PortScheme };

/** `host:port`, with brackets around IPv6. */
export function authorityText({ host, port }: { host: string; port: number }): string {
  return `${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
}

/** The name of what is asked for, in messages and logs, and as the identity of its origin. */
export function askName(ask: ProxyAsk): string {
  return ask.kind === 'server' ? ask.id : authorityText(ask);
}

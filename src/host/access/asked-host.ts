import type { ProxyAsk } from '../proxy/forms/ask.ts';

/** Whom a `Host` header, or the host of an origin, means. */
export type AskedHost =
  /** The control UI and API. `loopback`: workspaces have names that work for whoever asks by this one. */
  | { kind: 'control'; authority: string; loopback: boolean }
  /**
   * The own origin of a workspace (`<id>.localhost`), of another port of it (`<port>--<id>.localhost`), or of another target of
   * the proxy (`<port>--<host>.to.localhost`): foreign code in each case. `id` is the workspace's, or the target's `host:port`.
   */
  | { kind: 'workspace'; authority: string; id: string; ask: ProxyAsk }
  /** A name that is not ours. `remedy`: what to ask for instead, where that is not localhost. */
  | { kind: 'foreign'; authority: string; remedy?: string };

import type { HostConfig } from '../config/config.ts';
import type { ProxyAsk } from '../proxy/forms/ask.ts';
import { authorityOf, originOf, workspaceOriginAt } from './front.ts';
import type { Front } from './front.ts';
import type { OwnNames } from './host-names.ts';

/** Names besides loopback's that people come by, as far as they are configured. */
export function outerNames({ publicUrl, listen }: Pick<HostConfig, 'publicUrl' | 'listen'>): string[] {
  const listening = listen.host === '0.0.0.0' || listen.host === '::' ? [] : [listen.host];
  return [...new Set([...(publicUrl === undefined ? [] : [publicUrl.host]), ...listening])];
}

/** Where those of this host's own machine and network find it and its workspaces. */
export interface OwnAddresses {
  /** Where people find us: what listens here, or what stands in front of it. */
  front(): Front;
  controlOrigin(): string;
  /** Undefined where what is asked for can have none. */
  ownOrigin(ask: ProxyAsk): string | undefined;
  /** What may be asked for. The same object until the port is chosen: what is derived from it is then derived once. */
  names(): OwnNames;
  workspaceUrl(id: string, port?: number): string;
  /** Where workspaces may be framed from, for a Content-Security-Policy. */
  frameSource(): string;
}

/** `port`: the one that is listened at, which is known once that begins. */
export function createOwnAddresses(
  config: Pick<HostConfig, 'publicUrl' | 'listen' | 'frontendOrigin' | 'allowedHosts' | 'originMode'>,
  port: () => number,
): OwnAddresses {
  const { publicUrl, frontendOrigin, allowedHosts, originMode, listen } = config;
  let known: OwnNames | undefined;
  const front = (): Front => publicUrl ?? { host: 'localhost', port: port() };
  const ownOrigin = (ask: ProxyAsk): string | undefined => workspaceOriginAt(front(), ask);
  const controlOrigin = (): string => originOf(front());
  return {
    front,
    controlOrigin,
    ownOrigin,
    names() {
      if (known?.port !== port())
        known = { port: port(), listenHost: listen.host, publicUrl, frontendOrigin, allowedHosts };
      return known;
    },
    workspaceUrl(id, asked) {
      const at = asked === undefined ? {} : { port: asked };
      const origin = originMode === 'path' ? undefined : ownOrigin({ kind: 'server', id, ...at });
      const segment = asked === undefined ? id : `${id}:${String(asked)}`;
      return origin === undefined ? `${controlOrigin()}/proxy/server/${segment}/` : `${origin}/`;
    },
    frameSource: () => (originMode === 'path' ? "'self'" : `https://*.${authorityOf(front().host, front().port)}`),
  };
}

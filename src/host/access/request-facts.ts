import type { IncomingHttpHeaders } from 'node:http';
import { askedHost } from './host-names.ts';
import type { AskedHost } from './asked-host.ts';
import type { HostNames } from './host-names.ts';
import { initiatorOf } from './initiator.ts';
import type { Initiator } from './initiator.ts';

/** The parts of a request that say who sent it. Browsers set them; no page can forge them. */
export interface RequestFacts {
  method: string;
  host: AskedHost;
  origin: string | undefined;
  /** Whose page that is; where there is no Origin, by the Referer. */
  initiator: Initiator;
  /** `Sec-Fetch-Site`: absent from programs, from WebSockets and from pages on plain http. */
  fetchSite: string | undefined;
  fetchMode: string | undefined;
  /** `Sec-Fetch-Dest`: what becomes of the answer. */
  fetchDest: string | undefined;
  /** Asked for in advance, without a person's doing (`Sec-Purpose`). */
  prefetch: boolean;
  /** A browser sent it, as far as one can tell: one from before Sec-Fetch names itself. */
  browser: boolean;
  /** An upgrade: WebSocket. */
  upgrade: boolean;
}

function single(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** Browsers from before Sec-Fetch say what they want of a page by Accept. */
function oldMode(headers: IncomingHttpHeaders, namesBrowser: boolean): string | undefined {
  return namesBrowser && headers.accept?.includes('text/html') === true ? 'navigate' : undefined;
}

/** Reads a request's headers for the policy. */
export function requestFacts(
  request: { method: string | undefined; headers: IncomingHttpHeaders; upgrade: boolean },
  names: HostNames,
): RequestFacts {
  const { headers, upgrade } = request;
  const host = askedHost(headers.host, names);
  const origin = single(headers, 'origin');
  const fetchSite = single(headers, 'sec-fetch-site');
  const namesBrowser = headers['user-agent']?.startsWith('Mozilla/') === true;
  return {
    method: request.method ?? 'GET',
    host,
    origin,
    initiator: initiatorOf(origin === undefined || origin === 'null' ? headers.referer : origin, host, names),
    fetchSite,
    fetchMode: single(headers, 'sec-fetch-mode') ?? oldMode(headers, namesBrowser),
    fetchDest: single(headers, 'sec-fetch-dest'),
    prefetch: /\bprefetch\b/i.test(single(headers, 'sec-purpose') ?? single(headers, 'purpose') ?? ''),
    browser: namesBrowser || fetchSite !== undefined || origin !== undefined,
    upgrade,
  };
}

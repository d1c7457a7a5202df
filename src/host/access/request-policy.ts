import { GuildNetError } from '#contract/errors.ts';
import type { AskedHost } from './host-names.ts';

/** The parts of a request that say who sent it. Browsers set them; no page can forge them. */
export interface RequestFacts {
  method: string;
  host: AskedHost;
  origin: string | undefined;
  /** `Sec-Fetch-Site`: absent from programs, from WebSockets and from pages on plain http. */
  fetchSite: string | undefined;
  fetchMode: string | undefined;
  /** An upgrade: WebSocket. */
  upgrade: boolean;
}

export type Verdict =
  | { allowed: true /** The origin to name in CORS headers. */; corsOrigin?: string }
  | { allowed: false; error: GuildNetError };

const readOnly = new Set(['GET', 'HEAD']);

function refuse(message: string, remedy: string): Verdict {
  return { allowed: false, error: new GuildNetError('forbidden', message, { remedy }) };
}

function foreignHost(authority: string): Verdict {
  return refuse(
    `This host is not known by the name "${authority}".`,
    'Open it as https://localhost with its port, or list the name in GUILDNET_ALLOWED_HOSTS.',
  );
}

function foreignPage(): Verdict {
  return refuse('A page of another site sent this request.', 'Only the GuildNet page itself and programs may do this.');
}

function isNavigation(facts: RequestFacts): boolean {
  return facts.fetchMode === 'navigate' && readOnly.has(facts.method) && !facts.upgrade;
}

/**
 * May this request reach the API? Workspace pages are foreign code, and browsers let any page send requests here, so:
 * a browser's request must come from our own origin (or `FRONTEND_ORIGIN`, by CORS); everything that changes something
 * and every WebSocket needs an exact `Origin`, because they reach a server whatever CORS says
 * (https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site). Programs send neither header.
 */
export function mayCallApi(facts: RequestFacts, frontendOrigin: string | undefined): Verdict {
  const { host, origin, fetchSite } = facts;
  if (host.kind === 'foreign') return foreignHost(host.authority);
  if (host.kind === 'workspace') return foreignPage();
  if (origin !== undefined) {
    if (origin === `https://${host.authority}`) {
      return fetchSite === undefined || fetchSite === 'same-origin' ? { allowed: true } : foreignPage();
    }
    return origin === frontendOrigin ? { allowed: true, corsOrigin: origin } : foreignPage();
  }
  if (fetchSite === undefined) return { allowed: true };
  if (!readOnly.has(facts.method) || facts.upgrade) return foreignPage();
  // none: typed into the address bar or opened from a bookmark.
  return fetchSite === 'same-origin' || fetchSite === 'none' ? { allowed: true } : foreignPage();
}

/**
 * May this request reach a workspace on the workspace's own origin? Links and frames from anywhere may (the web's rule),
 * but other pages may neither open WebSockets (a terminal behind one would be theirs) nor send what changes something:
 * many servers in containers check no Origin, because they expect to be alone on localhost.
 */
export function mayReachWorkspace(facts: RequestFacts): Verdict {
  const { host, origin, fetchSite } = facts;
  if (host.kind === 'foreign') return foreignHost(host.authority);
  if (isNavigation(facts)) return { allowed: true };
  // A page with `Referrer-Policy: no-referrer` sends its forms with `Origin: null`; then Sec-Fetch-Site says whose it is.
  const own =
    origin === undefined
      ? undefined
      : origin === `https://${host.authority}` || (origin === 'null' && fetchSite === 'same-origin' && !facts.upgrade);
  if (facts.upgrade || !readOnly.has(facts.method)) {
    if (own !== undefined) return own ? { allowed: true } : foreignWorkspacePage();
    return fetchSite === undefined || fetchSite === 'same-origin' || fetchSite === 'none'
      ? { allowed: true }
      : foreignWorkspacePage();
  }
  return { allowed: true };
}

function foreignWorkspacePage(): Verdict {
  return refuse('A page of another site sent this request.', 'Only pages of the workspace itself may do this.');
}

/**
 * May this request reach a workspace on the control origin (`/proxy/server/{id}/…` served in place)? Programs may. Pages
 * only from our own origin: the control page, or with PROXY_ORIGIN_MODE=path the workspaces, which then share it.
 */
export function mayUsePathForm(facts: RequestFacts, frontendOrigin: string | undefined): Verdict {
  if (facts.host.kind === 'control' && isNavigation(facts)) return { allowed: true };
  const verdict = mayCallApi(facts, frontendOrigin);
  // CORS headers of a workspace's answer are the workspace's own business.
  return verdict.allowed ? { allowed: true } : verdict;
}

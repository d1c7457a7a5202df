import { GuildNetError } from '#contract/errors.ts';
import { foreignHost } from './foreign-host.ts';
import type { RequestFacts } from './request-facts.ts';

export type Verdict =
  | { allowed: true /** The origin to name in CORS headers. */; corsOrigin?: string }
  | { allowed: false; error: GuildNetError };

const readOnly = new Set(['GET', 'HEAD']);

function refuse(message: string, remedy: string): Verdict {
  return { allowed: false, error: new GuildNetError('forbidden', message, { remedy }) };
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
  if (host.kind === 'foreign') return { allowed: false, error: foreignHost(host) };
  if (host.kind === 'workspace') return foreignPage();
  if (origin !== undefined) {
    if (origin === `https://${host.authority}`) {
      return fetchSite === undefined || fetchSite === 'same-origin' ? { allowed: true } : foreignPage();
    }
    return origin === frontendOrigin ? { allowed: true, corsOrigin: origin } : foreignPage();
  }
  if (fetchSite === undefined) return { allowed: true };
  if (!readOnly.has(facts.method) || facts.upgrade) return foreignPage();
  // none: typed into the address bar or opened from a bookmark. Chromium says so, too, of what a page of any site has it
  // fetch in advance (speculation rules).
  if (facts.prefetch && fetchSite !== 'same-origin') return foreignPage();
  return fetchSite === 'same-origin' || fetchSite === 'none' ? { allowed: true } : foreignPage();
}

/**
 * May this request ask whether the host lives? Any page may send it and is told nothing by it: what it may not read is opaque to it, as a
 * refusal would be. Pages of other hosts of a tailnet ask so whether they could go on here.
 */
export function mayProbe(facts: RequestFacts, frontendOrigin: string | undefined): Verdict {
  const isSilent = facts.host.kind === 'control' && facts.origin === undefined && readOnly.has(facts.method);
  return isSilent && !facts.upgrade ? { allowed: true } : mayCallApi(facts, frontendOrigin);
}

/**
 * May this request reach the UI's development server? It serves sources, opens files in an editor and has a WebSocket, none of which is
 * for pages of other sites; a link may lead to it, as to the built UI.
 */
export function mayReachDevelopmentServer(facts: RequestFacts, frontendOrigin: string | undefined): Verdict {
  if (facts.host.kind === 'control' && isNavigation(facts)) return { allowed: true };
  return mayCallApi(facts, frontendOrigin);
}

/**
 * May this request reach a terminal, or start a program in a workspace? Whoever may call the API may; but where workspaces share the control origin, nobody can tell their
 * pages from ours, and a page that has a terminal has all workspaces: there only programs may.
 */
export function mayOpenTerminal(
  facts: RequestFacts,
  { frontendOrigin, sharedOrigin }: { frontendOrigin: string | undefined; sharedOrigin: boolean },
): Verdict {
  const verdict = mayCallApi(facts, frontendOrigin);
  if (!verdict.allowed || !sharedOrigin || !facts.browser) return verdict;
  return refuse(
    'Workspaces share the origin of this page, so no page may open a terminal.',
    'Use "guildnet shell", or set PROXY_ORIGIN_MODE back to host.',
  );
}

/** The origin to name in CORS headers of an answer to a request that may call the API, if there is one. */
export function corsOriginOf(facts: RequestFacts, frontendOrigin: string | undefined): string | undefined {
  const { host, origin } = facts;
  if (host.kind !== 'control' || origin === undefined || origin === `https://${host.authority}`) return undefined;
  return origin === frontendOrigin ? origin : undefined;
}

const frames = new Set(['iframe', 'frame']);

/** A navigation from elsewhere: a link or a redirect may lead to a workspace, and the control page may frame it. */
function mayNavigate({ fetchDest, initiator, prefetch }: RequestFacts): boolean {
  // Asked for before anybody has clicked: the click asks again.
  if (prefetch) return false;
  if (fetchDest === undefined || fetchDest === 'document') return true;
  return frames.has(fetchDest) && initiator === 'control';
}

/**
 * May this request reach a workspace on the workspace's own origin? Its own pages may do all they like, those of its other
 * ports included: they are one program's. A page of any other site may lead to it and nothing else. It may not call it,
 * load parts of it, frame it or open WebSockets to it, whatever the server in the container would allow, for many servers
 * there check nothing, because they expect to be alone on localhost. Programs send none of these headers.
 */
export function mayReachWorkspace(facts: RequestFacts): Verdict {
  const { host, origin, fetchSite, initiator, upgrade } = facts;
  if (host.kind === 'foreign') return { allowed: false, error: foreignHost(host) };
  const named = origin === undefined || origin === 'null' ? undefined : initiator;
  if (named === 'own') return { allowed: true };
  if (named === undefined) {
    if (fetchSite === undefined && origin === undefined) return { allowed: true };
    // A page with `Referrer-Policy: no-referrer` sends its forms with `Origin: null`; then Sec-Fetch-Site says whose it is.
    if (!upgrade && fetchSite === 'same-origin') return { allowed: true };
    // Typed; but Chromium says so, too, of what a page of any site has it fetch in advance (speculation rules).
    if (!upgrade && fetchSite === 'none' && !facts.prefetch) return { allowed: true };
  }
  if (upgrade || !readOnly.has(facts.method)) return foreignWorkspacePage();
  // A frame of the workspace that it has taken the origin from: notebooks show what they computed in such.
  if (named === undefined && initiator === 'own') return { allowed: true };
  return facts.fetchMode === 'navigate' && mayNavigate(facts) ? { allowed: true } : foreignWorkspacePage();
}

function foreignWorkspacePage(): Verdict {
  return refuse(
    'A page of another site sent this request.',
    'Only pages of the workspace itself may do this; to see the workspace, open it in a tab of its own.',
  );
}

/**
 * May this request reach a workspace on the control origin (`/proxy/…` served in place)? Programs may. A browser may not,
 * for what it runs there would be the control page's equal: its navigations are sent on to the workspace's own origin.
 * With PROXY_ORIGIN_MODE=path (`sharedOrigin`) the workspaces share the control origin, and its pages may.
 */
export function mayUsePathForm(
  facts: RequestFacts,
  { frontendOrigin, sharedOrigin }: { frontendOrigin: string | undefined; sharedOrigin: boolean },
): Verdict {
  if (facts.host.kind === 'control' && sharedOrigin && isNavigation(facts)) return { allowed: true };
  const verdict = mayCallApi(facts, frontendOrigin);
  if (!verdict.allowed) return verdict;
  if (facts.browser && !sharedOrigin) {
    return refuse(
      'Browsers reach a workspace on an origin of its own, not on this one.',
      'Open the address that /api/servers lists as ide_url.',
    );
  }
  // CORS headers of a workspace's answer are the workspace's own business.
  return { allowed: true };
}

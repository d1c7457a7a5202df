import type { IncomingMessage, ServerResponse } from 'node:http';
import { GuildNetError } from '#contract/errors.ts';
import type { ProxyAsk } from '../proxy/forms/ask.ts';
import type { Access } from './access.ts';
import { awayTarget, otherOrigin } from './download-detour.ts';
import { enterUrl, signInCode, splitTicket, wantedPage, withTicket } from './entrance-urls.ts';
import type { Identity, Place } from './who.ts';

export interface EntranceOptions {
  access(): Access;
  controlOrigin(): string;
  /** Whose origin this authority (`<id>.localhost:8080`) is; undefined when it is nobody's. */
  workspaceAt(authority: string): { id: string; ask: ProxyAsk } | undefined;
  /** The own origin of what is asked for; undefined where it can have none. */
  ownOrigin(ask: ProxyAsk): string | undefined;
}

/** Where a browser is sent for a session, and what of its page's address goes along. */
export interface Detour {
  location: string;
  referrer?: 'origin';
}

export interface Entrance {
  /** `/sign-in?code=…`: a link becomes a session. Throws `unauthorized`. */
  signIn(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** `/enter?to=…`: who is signed in goes on to the workspace with a ticket. Throws `bad_body` for an address that is no workspace's. */
  enter(request: IncomingMessage, response: ServerResponse, identity: Identity): void;
  /** Answers a request that brought a ticket, and says whether it did: not when the ticket is worth nothing. */
  takeTicket(request: IncomingMessage, response: ServerResponse, place: Place): Promise<boolean>;
  /** Where a person who opened a workspace's address, or began a download, without a session is sent; undefined for everything else. */
  detour(request: IncomingMessage, place: Place): Detour | undefined;
}

/** Fetched before anybody asked for it (https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Purpose). */
function isAhead({ headers }: IncomingMessage): boolean {
  const purpose = headers['sec-purpose'] ?? headers['purpose'] ?? headers['x-moz'];
  return /prefetch|prerender|preview/i.test(String(purpose ?? ''));
}

/** Only a GET that somebody waits for uses a code up: what looks ahead or asks for headers must not. */
function mayUseUp(request: IncomingMessage): boolean {
  return request.method === 'GET' && !isAhead(request);
}

function goTo(response: ServerResponse, location: string, cookie?: string): void {
  response.writeHead(303, {
    location,
    'cache-control': 'no-store',
    ...(cookie === undefined ? {} : { 'set-cookie': cookie }),
  });
  response.end();
}

/** The answer to what only looks: nothing happened, and the code is as good as before. */
function keep(response: ServerResponse): void {
  response.writeHead(204, { 'cache-control': 'no-store' }).end();
}

/**
 * What becomes of a GET that a browser sends with a tab's cookies: a page, or a download that a page of the workspace began,
 * even if it did so in the UI's frame, where the workspace's cookies are others. Nothing says in which of them it began.
 */
function wanted({ method, headers }: IncomingMessage): 'page' | 'download' | undefined {
  if (method !== 'GET' || headers['sec-fetch-mode'] !== 'navigate') return undefined;
  if (headers['sec-fetch-dest'] === 'document') return 'page';
  const download = headers['sec-fetch-dest'] === undefined || headers['sec-fetch-dest'] === 'empty';
  return download && headers['sec-fetch-site'] === 'same-origin' ? 'download' : undefined;
}

/** How browsers come to a session: the parts of the front door that hand out and take codes. */
export function createEntrance({ access, controlOrigin, workspaceAt, ownOrigin }: EntranceOptions): Entrance {
  return {
    async signIn(request, response) {
      const place: Place = { kind: 'control' };
      if (!mayUseUp(request)) return keep(response);
      const cookie = await access().redeem(signInCode(request.url ?? ''), request, place);
      // A link that is followed again by whoever has signed in by it is no mistake.
      if (cookie === undefined && !('identity' in (await access().identify(request, place)))) {
        throw new GuildNetError('unauthorized', 'This link has been used, has expired, or is not for you.', {
          remedy: 'Run "guildnet open" as the user who runs GuildNet for a new one.',
        });
      }
      goTo(response, '/', cookie);
    },
    enter(request, response, { session }) {
      const page = wantedPage(request.url ?? '');
      const id = page === undefined ? undefined : workspaceAt(page.host)?.id;
      if (page === undefined || id === undefined) {
        throw new GuildNetError('bad_body', 'This is not the address of a workspace.', {
          remedy: `Open workspaces from ${controlOrigin()}.`,
        });
      }
      if (!mayUseUp(request)) return keep(response);
      goTo(response, withTicket(page.href, access().makeCode({ workspace: id }, { session }).code));
    },
    async takeTicket(request, response, place) {
      const found = splitTicket(request.url ?? '');
      if (found === undefined) return false;
      if (!mayUseUp(request)) {
        keep(response);
        return true;
      }
      const cookie = await access().redeem(found.code, request, place);
      // Whoever comes back to an address with a used ticket has a session by now, and needs no other.
      const known = cookie !== undefined || 'identity' in (await access().identify(request, place));
      // With the host: a path may begin with two slashes, and would then name another host.
      if (known) goTo(response, `https://${request.headers.host ?? ''}${found.rest}`, cookie);
      return known;
    },
    detour(request, place) {
      const what = wanted(request);
      if (place.kind !== 'workspace' || what === undefined) return undefined;
      const { headers } = request;
      const target = splitTicket(request.url ?? '')?.rest ?? request.url ?? '/';
      const ask = workspaceAt(headers.host ?? '')?.ask;
      const other = ask?.kind === 'server' ? ownOrigin(otherOrigin(ask)) : undefined;
      if (what === 'page' || ask?.kind !== 'server' || other === undefined)
        return { location: enterUrl(controlOrigin(), `https://${headers.host ?? ''}${target}`) };
      // It would come back as a frame of nobody's, and be refused there: a download that fails leaves the page as it is.
      if (headers.referer === undefined) return undefined;
      return { location: `${other}${awayTarget(target, ask)}`, referrer: 'origin' };
    },
  };
}

import type { IncomingHttpHeaders } from 'node:http';

/**
 * Where the page stands that gets an answer.
 * program: no browser, or one that says nothing of itself; tab: a page at the top; frame: a page inside another site's,
 * known by the request that began it; framed: the same, known by the cookie that the first request got.
 */
export type BrowserContext = 'program' | 'tab' | 'frame' | 'framed';

/**
 * Remembers in the browser that a page is in a frame. A partitioned cookie exists in the partition that it was set in and
 * nowhere else (https://developer.mozilla.org/docs/Web/Privacy/Guides/Third-party_cookies/Partitioned_cookies), so what
 * carries it comes from there: requests of a page inside a frame do not say so otherwise.
 */
export const frameCookie = '__Host-guildnet-frame';
export const setFrameCookie = `${frameCookie}=1; Path=/; Secure; HttpOnly; SameSite=None; Partitioned`;

const frames = new Set(['iframe', 'frame', 'fencedframe']);
const parts = new Set([
  'audio',
  'audioworklet',
  'font',
  'image',
  'json',
  'manifest',
  'paintworklet',
  'report',
  'script',
  'serviceworker',
  'sharedworker',
  'style',
  'track',
  'video',
  'worker',
  'xslt',
]);

function text(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value.toLowerCase() : undefined;
}

function carriesFrameCookie({ cookie }: IncomingHttpHeaders): boolean {
  return cookie?.split(';').some((pair) => pair.trim().startsWith(`${frameCookie}=`)) ?? false;
}

/** Tells from a request's headers where the page stands that sent it, or that its answer will be. */
export function contextOf(headers: IncomingHttpHeaders): BrowserContext {
  if (carriesFrameCookie(headers)) return 'framed';
  const site = text(headers, 'sec-fetch-site');
  if (site === undefined) {
    // A browser's WebSocket says its Origin and nothing else.
    return headers['sec-websocket-version'] !== undefined && headers.origin !== undefined ? 'tab' : 'program';
  }
  // A frame that a page of the workspace itself makes stands where that page stands.
  return site !== 'same-origin' && frames.has(text(headers, 'sec-fetch-dest') ?? '') ? 'frame' : 'tab';
}

/** Whether the answer may be shown as a page: not when the browser says that it becomes a part of one. */
export function mayBeDocument(headers: IncomingHttpHeaders): boolean {
  return !parts.has(text(headers, 'sec-fetch-dest') ?? '');
}

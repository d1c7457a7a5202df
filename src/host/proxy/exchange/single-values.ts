import type { ResponseHeaders } from './header-list.ts';

/**
 * The fields of answers that hold one value and no list (RFC 9110, 5.3 and 5.6.1), and that HTTP/2 in Node refuses to send twice.
 * Lists among those that it refuses (`content-encoding`, `content-language`) may stand in one line instead.
 */
const single: ReadonlySet<string> = new Set([
  'access-control-allow-credentials',
  'access-control-max-age',
  'access-control-request-method',
  'age',
  'authorization',
  'content-location',
  'content-md5',
  'content-range',
  'content-type',
  'date',
  'dnt',
  'etag',
  'expires',
  'from',
  'host',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'last-modified',
  'location',
  'max-forwards',
  'range',
  'referer',
  'retry-after',
  'tk',
  'upgrade-insecure-requests',
  'user-agent',
  'x-content-type-options',
]);
const inOneLine: ReadonlySet<string> = new Set(['content-encoding', 'content-language']);

/**
 * Leaves one value of each field that can have only one, in place: the one that browsers go by, which is the last of
 * `Content-Type` (Fetch, "extract a MIME type") and otherwise the first. Servers that are built in layers say `Date` or
 * `X-Content-Type-Options` in each of them. Returns in words what is wrong when two values contradict each other in where
 * they send the client, which browsers refuse too.
 */
export function keepSingleValues(headers: ResponseHeaders): string | undefined {
  if (new Set(headers['location'] ?? []).size > 1) return 'It named two places to go to.';
  for (const [name, values] of Object.entries(headers)) {
    if (values === undefined || values.length < 2) continue;
    if (inOneLine.has(name)) headers[name] = [values.join(', ')];
    else if (single.has(name)) headers[name] = name === 'content-type' ? values.slice(-1) : values.slice(0, 1);
  }
  return undefined;
}

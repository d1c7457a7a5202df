import { headerPairs, hopByHop, listed } from '../../exchange/header-list.ts';

/**
 * Names that mean something to the API server itself: who asks, and as whom. What a browser or a workspace's page says under them never goes
 * there, since our own credentials stand beside it (kubernetes.io/docs/reference/access-authn-authz/authentication, impersonation and
 * authenticating proxy).
 */
const apiServers = /^(?:authorization|impersonate-.*|x-remote-.*)$/;

/**
 * The headers of a request for the API server's proxy, flat. `raw`: as they came; `own`: what authenticates us; `host`: the API server's. Pages
 * are asked for as they are, because the API server writes their links anew, which is undone. `Origin` is left out where it is that of the page's own
 * server: programs compare it with `Host`, which is another one here, and let through what says none. Whose pages may call has been decided before.
 */
export function podProxyHeaders(
  raw: readonly string[],
  own: Readonly<Record<string, string | string[]>>,
  host: string,
): string[] {
  const pairs = headerPairs(raw);
  const named = new Set(pairs.flatMap(([name, value]) => (name.toLowerCase() === 'connection' ? listed(value) : [])));
  const asked = pairs.find(([name]) => name.toLowerCase() === 'host')?.[1].toLowerCase();
  const wantsPage = pairs.some(([name, value]) => name.toLowerCase() === 'accept' && /text\/html/i.test(value));
  const kept = pairs.filter(([name, value]) => {
    const lower = name.toLowerCase();
    if (lower === 'host' || apiServers.test(lower) || named.has(lower)) return false;
    if (lower === 'origin' && value.toLowerCase().replace(/^https?:\/\//, '') === asked) return false;
    if (lower === 'transfer-encoding') return true;
    return !hopByHop.has(lower) && !(wantsPage && lower === 'accept-encoding');
  });
  const shown = Object.entries(own).flatMap(([name, value]) => [value].flat().flatMap((one) => [name, one]));
  return ['Host', host, ...kept.flat(), ...(wantsPage ? ['Accept-Encoding', 'identity'] : []), ...shown];
}

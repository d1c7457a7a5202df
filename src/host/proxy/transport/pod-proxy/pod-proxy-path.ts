import type { PortScheme } from '#contract/port-scheme.ts';
import type { TunnelTarget } from '../transport.ts';

/** Where the API server's `pods/proxy` subresource shows a port; what follows it in an address is the port's own path. */
export function podProxyPrefix({ namespace, pod, port }: TunnelTarget, scheme: PortScheme): string {
  const name = `${scheme === 'https' ? 'https:' : ''}${encodeURIComponent(pod)}:${String(port)}`;
  return `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${name}/proxy`;
}

/** An address without what the API server has put before it: it writes `Location` as if it were the browser's server. */
export function withoutPrefix(address: string, prefix: string): string {
  const at = address.indexOf(prefix);
  if (at === -1) return address;
  const rest = address.slice(at + prefix.length);
  if (rest !== '' && !/^[/?#]/.test(rest)) return address;
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/**
 * A `Location` that names the host which a program was asked by, with the name that the client asked for in its place: `Host` is the API server's here,
 * and programs write its name beside their own port, or beside none. `told` is that name without a port, `asked` the client's `Host`.
 */
export function asAsked(location: string, told: string, asked: string | undefined): string {
  const named =
    /^(?<before>(?:https?:)?\/\/)(?<host>\[[^\]]*\]|[^:/?#@\\]*)(?<rest>(?::\d{0,5})?(?:[/?#\\].*)?)$/is.exec(
      location,
    )?.groups;
  const name = /^(?:\[[^\]]*\]|[^:]+)/.exec(asked ?? '')?.[0];
  if (named === undefined || name === undefined || named['host']?.toLowerCase() !== told.toLowerCase()) return location;
  return `${named['before'] ?? ''}${name}${named['rest'] ?? ''}`;
}

/**
 * Whether what a client asked for stays below the port's place at the API server, whoever in between reads it: a gateway may resolve `..` before it
 * passes a path on, after decoding it, and what is above a port's place is all that our credentials may do.
 */
export function staysBelow(asked: string): boolean {
  if (!asked.startsWith('/')) return false;
  const [path = ''] = asked.split(/[?#]/, 1);
  const plain = path
    .replace(/%(?:25)*2e/gi, '.')
    .replace(/%(?:25)*2f/gi, '/')
    .replace(/%(?:25)*5c/gi, '\\');
  return !plain.split(/[/\\;]/).includes('..');
}

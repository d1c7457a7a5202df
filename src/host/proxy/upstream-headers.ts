import { isReservedCookie } from './response/set-cookie.ts';

/** A `Cookie` header without the host's own; undefined when nothing is left. */
export function workspaceCookies(header: string): string | undefined {
  const kept = header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '' && !isReservedCookie(pair));
  return kept.length === 0 ? undefined : kept.join('; ');
}

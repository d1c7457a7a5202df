import { isReservedCookie } from './response/set-cookie.ts';

/** A `Cookie` header without the host's own, nor one of the name `but`; undefined when nothing is left. */
export function workspaceCookies(header: string, but?: string): string | undefined {
  const kept = header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '' && !isReservedCookie(pair) && pair.split('=', 1)[0]?.trim() !== but);
  return kept.length === 0 ? undefined : kept.join('; ');
}

import { isReservedCookie } from './response/set-cookie.ts';
import { pairsFor } from './shared-jar.ts';
import type { SharedJar } from './shared-jar.ts';

/**
 * A `Cookie` header without the host's own, nor one of the name `but`, and where a jar is shared nothing but this workspace's;
 * undefined when nothing is left.
 */
export function workspaceCookies(header: string, but?: string, jar?: SharedJar): string | undefined {
  const pairs = header.split(';').map((pair) => pair.trim());
  const kept = (jar === undefined ? pairs : pairsFor(pairs, jar)).filter(
    (pair) => pair !== '' && !isReservedCookie(pair) && pair.split('=', 1)[0]?.trim() !== but,
  );
  return kept.length === 0 ? undefined : kept.join('; ');
}

import { createHash } from 'node:crypto';

/** As long as a browser may stay signed in, in seconds. */
export const sessionSeconds = 30 * 24 * 3600;

export interface OurCookies {
  /** The values of ours in a `Cookie` header. */
  valuesIn(header: string | undefined): string[];
  /** `Set-Cookie` for the control origin. */
  forControl(value: string): string;
  /** `Set-Cookie` for a workspace's own origin. */
  forWorkspace(value: string): string;
  /** `Set-Cookie` for one workspace below the control origin. */
  forPath(value: string, id: string): string;
}

/**
 * The names of our cookies. Ports share cookies, so the name carries a mark of this host's key: several hosts of one
 * machine do not overwrite one another's. `__Host-` keeps them from being set for more than one name, and `__Host-Http-`
 * from being set or shadowed by a script (draft-ietf-httpbis-rfc6265bis, 4.1.3); a browser that does not know the latter
 * sees the former.
 */
export function createOurCookies(sessionKey: string): OurCookies {
  const mark = createHash('sha256').update(`guildnet-cookie-name.${sessionKey}`).digest('hex').slice(0, 8);
  const name = `__Host-Http-guildnet-${mark}`;
  const common = `Path=/; Max-Age=${String(sessionSeconds)}; Secure; HttpOnly`;
  return {
    valuesIn(header) {
      return (header ?? '').split(/;\s*/).flatMap((pair) => {
        const end = pair.indexOf('=');
        const key = pair.slice(0, Math.max(end, 0));
        return key === name || key.startsWith(`${name}-`) ? [pair.slice(end + 1)] : [];
      });
    },
    // Lax: a link from elsewhere, and the way back from a workspace's origin, are navigations; nothing else carries it.
    forControl: (value) => `${name}=${value}; ${common}; SameSite=Lax`,
    // Partitioned works in the frame of the control page and, in a jar of its own, in a tab; None alone would be blocked there.
    forWorkspace: (value) => `${name}=${value}; ${common}; SameSite=None; Partitioned`,
    // The name of a cookie has no `@` (RFC 6265, 4.1.1); which workspace it is for stands in its value.
    forPath: (value, id) => `${name}-${id.replace('@', '.')}=${value}; ${common}; SameSite=Lax`,
  };
}

import type { OneTimeLink } from '#contract/access.ts';
import type { Access, OneTime } from './access.ts';
import { signInUrl, withTicket } from './entrance-urls.ts';

/** For whom a link is made: the sign-in that it belongs to, and the user of this computer who alone may follow it. */
export interface LinkFor {
  session?: string | undefined;
  user?: number | undefined;
}

/** The addresses by which browsers come in, for those who are in already. */
export interface Doors {
  rule(): 'token' | 'off';
  /** The user of this computer for whom links are made that this process itself opens; undefined where nobody is told apart. */
  ownUser(): number | undefined;
  /** A link that signs a browser in. */
  signIn(who?: LinkFor): OneTimeLink;
  /** An address that opens a workspace (or one port of it). */
  open(what: { id: string; port?: number | undefined }, who?: LinkFor): OneTimeLink;
  signOut(session: string): Promise<void>;
}

export interface DoorsOptions {
  /** Opened when the host starts. */
  access(): Access;
  controlOrigin(): string;
  workspaceUrl(id: string, port?: number): string;
  /** See `Doors`. */
  ownUser: number | undefined;
}

function link(url: string, { expires }: OneTime): OneTimeLink {
  return { url, expires_at: expires.toISOString() };
}

export function createDoors({ access, controlOrigin, workspaceUrl, ownUser }: DoorsOptions): Doors {
  return {
    rule: () => access().rule,
    ownUser: () => ownUser,
    signIn({ user } = {}) {
      // A session of its own: whoever signs out there does not sign out here.
      const made = access().makeCode('control', { user });
      return link(signInUrl(controlOrigin(), made.code), made);
    },
    open({ id, port }, who = {}) {
      const made = access().makeCode({ workspace: id }, who);
      return link(withTicket(workspaceUrl(id, port), made.code), made);
    },
    signOut: (session) => access().end(session),
  };
}

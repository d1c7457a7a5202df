import { GuildNetError } from '#contract/errors.ts';
import type { Peer, Who } from '#contract/identity.ts';
import { sameSecret } from './same-secret.ts';
import { readClaims } from './session-value.ts';

/** What a request is for: the control UI and API, one workspace on an origin of its own, or one below the control origin. */
export type Place = { kind: 'control' } | { kind: 'workspace'; id: string } | { kind: 'path'; id: string };

/** Who asks: the user who runs this host, or somebody of the tailnet, whom it tells of. */
export type Identity =
  | {
      kind: 'owner';
      by: 'token' | 'session' | 'off';
      /** The sign-in, when it came by one. */
      session?: string;
    }
  | { kind: 'peer'; peer: Peer; session?: undefined };

/** The same, as it is asked for permission. */
export function whoOf(identity: Identity): Who {
  return identity.kind === 'peer' ? identity.peer : { kind: 'local' };
}

/** What a request shows of itself. */
export interface Presented {
  authorization: string | undefined;
  proxyAuthorization: string | undefined;
  /** The values of our own cookies; others' are not looked at. */
  cookies: readonly string[];
  /** The user of this computer who holds the connection, where the system tells. */
  user(): Promise<number | undefined>;
}

export interface Keeper {
  /** off: whoever reaches this host is its owner (`LOCAL_AUTH=off`). */
  rule: 'token' | 'off';
  token: string;
  sessionKey: string;
  isEnded(session: string): boolean;
  now(): number;
}

/** Why nobody was recognised; `none` when nothing was shown. */
export type Doubt = 'none' | 'wrong_token' | 'wrong_place' | 'expired' | 'ended' | 'other_user';

export type Recognised = { identity: Identity } | { doubt: Doubt };

/** The token of `Authorization: Bearer …` (RFC 6750, 2.1), or undefined for other schemes. */
function bearer(header: string | undefined): string | undefined {
  return /^bearer +(?<token>\S{1,512})$/i.exec(header ?? '')?.groups?.['token'];
}

/**
 * The one question of access: who is this? By the token in the state folder: in `Authorization` on the control origin; in
 * `Proxy-Authorization` everywhere, since `Authorization` on a workspace's origin is the workspace's. By a signed cookie
 * that was made for this place. Whatever is valid counts, so that a stale cookie does not lock out a token. Whether
 * they may is asked elsewhere (`permission`).
 */
export async function who(place: Place, shown: Presented, keeper: Keeper): Promise<Recognised> {
  if (keeper.rule === 'off') return { identity: { kind: 'owner', by: 'off' } };
  const tokens = [shown.proxyAuthorization, ...(place.kind === 'workspace' ? [] : [shown.authorization])]
    .map(bearer)
    .filter((token) => token !== undefined);
  if (tokens.some((token) => sameSecret(token, keeper.token))) return { identity: { kind: 'owner', by: 'token' } };
  let doubt: Doubt = tokens.length === 0 ? 'none' : 'wrong_token';
  for (const value of shown.cookies) {
    const claims = readClaims(value, keeper.sessionKey);
    if (claims === undefined) continue;
    if (!opens(claims.for, place)) doubt = 'wrong_place';
    else if (claims.expires * 1000 <= keeper.now()) doubt = 'expired';
    else if (keeper.isEnded(claims.session)) doubt = 'ended';
    else if (claims.user !== undefined && claims.user !== (await shown.user())) doubt = 'other_user';
    else return { identity: { kind: 'owner', by: 'session', session: claims.session } };
  }
  return { doubt };
}

/** The control origin's session opens what lies below it as well; a workspace's opens that workspace alone. */
function opens(made: 'control' | { workspace: string }, place: Place): boolean {
  if (made === 'control') return place.kind !== 'workspace';
  return place.kind !== 'control' && made.workspace === place.id;
}

const reasons: Readonly<Record<Doubt, string>> = {
  none: 'You are not signed in to this host.',
  wrong_token: 'The token is not the one of this host.',
  wrong_place: 'You are signed in, but not for this.',
  expired: 'Your sign-in has expired.',
  ended: 'You have signed out.',
  other_user: 'The sign-in belongs to another user of this computer.',
};

/** Why a request is turned away, in words for the person or program that sent it. */
export function unauthorized(place: Place, doubt: Doubt): GuildNetError {
  const command = place.kind === 'control' ? 'guildnet open' : `guildnet open ${place.id}`;
  const header = place.kind === 'workspace' ? 'Proxy-Authorization' : 'Authorization';
  return new GuildNetError('unauthorized', reasons[doubt], {
    remedy: `Run "${command}" as the user who runs GuildNet; it opens the browser signed in. Programs send "${header}: Bearer" with what stands in state/token in the host's home folder.`,
    details: { reason: doubt },
  });
}

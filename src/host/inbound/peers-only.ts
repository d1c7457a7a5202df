import { GuildNetError } from '#contract/errors.ts';
import type { Access } from '../access/access.ts';
import type { Entrance } from '../access/entrance.ts';
import { endsOf } from '../access/handed-over.ts';
import { onlyLocal } from '../permission/call-guard.ts';
import type { Peers } from './peers.ts';

/**
 * Who sends a request that came by the tailnet: the peer whose connection it is, by whois, and nobody else. Neither token, session nor
 * `LOCAL_AUTH=off` is looked at here, and what nobody knows is refused.
 */
export function peersOnly(peers: Pick<Peers, 'at'>): Pick<Access, 'identify' | 'join'> {
  return {
    async identify({ socket }) {
      const ends = endsOf(socket);
      if (ends === undefined) throw unknown();
      try {
        return { identity: { kind: 'peer', peer: await peers.at(ends.peer) } };
      } catch (error) {
        throw unknown(error);
      }
    },
    // Peers have no sign-in that could end.
    join: () => () => undefined,
  };
}

function unknown(cause?: unknown): GuildNetError {
  return new GuildNetError('unauthorized', 'The tailnet does not say who you are.', {
    remedy: 'Look whether your device is logged in to the tailnet, and try again.',
    ...(cause === undefined ? {} : { cause }),
  });
}

/** Peers are known wherever they come, so there is no door for them: what links and tickets open is the owner's. */
export const noEntrance: Entrance = {
  signIn: () => Promise.reject(onlyLocal()),
  enter() {
    throw onlyLocal();
  },
  takeTicket: () => Promise.resolve(false),
  detour: () => undefined,
};

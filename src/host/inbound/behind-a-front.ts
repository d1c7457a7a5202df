import type { IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import { GuildNetError } from '#contract/errors.ts';
import type { Access } from '../access/access.ts';
import type { PeerUser } from '../access/peer-user.ts';
import type { Tailnet } from '../tailnet/tailnet.ts';
import type { Peers } from './peers.ts';

export interface BehindAFrontOptions {
  peers: Pick<Peers, 'at'>;
  tailnet: Pick<Tailnet, 'state' | 'whois'>;
  /** Which user of this computer holds the far end of a connection. */
  userOf: PeerUser;
  /** Users who may be a front: root, as whom tailscaled and most proxies run, and whoever runs this. */
  trusted?: readonly (number | undefined)[];
}

/**
 * Who sends a request that a front of this machine has passed on (`tailscale serve`, a reverse proxy): the peer at the address that the
 * front says, by whois. What the front says is believed of programs that may be one alone, and of none through which a peer itself
 * reaches us: in user space tailscaled leads peers to any port of loopback, where they could write what a front writes.
 */
export function behindAFront({
  peers,
  tailnet,
  userOf,
  trusted = [0, process.getuid?.()],
}: BehindAFrontOptions): Pick<Access, 'identify' | 'join'> {
  const asked = new WeakMap<Socket, Promise<string | undefined>>();

  /** Why the far end is no front; undefined where it is one. A connection carries many requests and has one far end. */
  async function doubtOf(socket: Socket): Promise<string | undefined> {
    const user = await userOf(socket);
    if (user === undefined || !trusted.includes(user)) return 'a program of another user sent it';
    const { remoteAddress: address = '', remotePort: port = 0 } = socket;
    return tailnet.whois({ address, port }).then(
      () => 'a peer sent it past the front',
      () => undefined,
    );
  }

  return {
    async identify({ socket, headers }) {
      const known = asked.get(socket) ?? doubtOf(socket);
      asked.set(socket, known);
      const doubt = await known;
      if (doubt !== undefined) throw unknown(doubt);
      const address = passedOnFor(headers);
      if (address === undefined) throw unknown('its front does not say whose it is in X-Forwarded-For');
      // All users of this machine are at that address; they have its loopback, where it is asked who they are.
      if (tailnet.state.addresses?.includes(address) === true) throw unknown('it comes from the host’s own machine');
      let peer;
      try {
        peer = await peers.at({ address, port: 0 });
      } catch (error) {
        throw unknown('nobody in the tailnet is at the address that its front says', error);
      }
      const login = headers['tailscale-user-login'];
      // What is not ASCII is written otherwise (RFC 2047); it is not what decides.
      if (typeof login === 'string' && !login.startsWith('=?') && login !== peer.login)
        throw unknown('its front says another user than the tailnet does');
      return { identity: { kind: 'peer', peer } };
    },
    join: () => () => undefined,
  };
}

/** The one address that a front has passed a request on for. A list is what somebody else has begun. Pure. */
export function passedOnFor(headers: IncomingHttpHeaders): string | undefined {
  const said = headers['x-forwarded-for'];
  if (typeof said !== 'string' || headers['tailscale-funnel-request'] !== undefined) return undefined;
  const address = said.trim();
  return isIP(address) === 0 ? undefined : address;
}

function unknown(why: string, cause?: unknown): GuildNetError {
  return new GuildNetError('unauthorized', `Who sends this request is not known: ${why}.`, {
    remedy:
      'Open the host by its name in the tailnet, through what serves it there, or at https://localhost on its own computer.',
    ...(cause === undefined ? {} : { cause }),
  });
}

import type { Duplex } from 'node:stream';
import { GuildNetError } from '#contract/errors.ts';
import type { TailnetLogin, TailnetReport, TailnetState } from '#contract/tailnet.ts';
import type { NodePeer } from './node-messages.ts';

/** A subnet that a node of the tailnet leads to. */
export interface TailnetRoute {
  cidr: string;
  /** Name of the node. */
  via: string;
  online: boolean;
}

/** A certificate with its chain, the leaf first, and its key: PEM texts. */
export interface IssuedPair {
  cert: string;
  key: string;
}

/** What of the tailnet can be dialled from here. */
export interface TailnetReach {
  /**
   * A connection through the tailnet; undefined where nothing in it leads there, where there is none now, and where this computer's own
   * network leads into it. Rejects with a TailnetDialError.
   */
  dial(target: { host: string; port: number }, signal?: AbortSignal): Promise<Duplex | undefined>;
  /** The address that a name or an address has there; undefined as for `dial`. */
  locate(host: string): Promise<string | undefined>;
  /** Subnets that nodes lead to; none where there is no tailnet now. */
  routes(): Promise<readonly TailnetRoute[]>;
}

/** The one port to a tailnet, whichever way this host is on it. */
export interface Tailnet extends TailnetReach {
  readonly state: TailnetState;
  /** Begins; what goes wrong is in the state, and tried again. */
  start(): void;
  stop(): Promise<void>;
  /** Throws `conflict` where there is nothing to be logged in. */
  login(login: TailnetLogin): Promise<TailnetState>;
  logout(): Promise<TailnetState>;
  /** Names for which the tailnet has certificates issued; none while it is not up, and where it does so for nobody. */
  readonly certificateNames: readonly string[];
  /**
   * A certificate that the world trusts, for one of those names; it is renewed when it is asked for anew and its end is near. May take minutes.
   * Throws with what the authority or the control server says.
   */
  certificate(name: string): Promise<IssuedPair>;
  /** Throws `not_ready` while the node is not up. */
  netcheck(): Promise<TailnetReport>;
  /** Who is at this end of a connection from the tailnet. Throws when nobody is known there. */
  whois(end: { address: string; port: number }): Promise<NodePeer>;
  /**
   * These ports of the tailnet address are open from now on, whatever becomes of the node meanwhile, and no others. Resolves when the
   * node has been told, at once where there is none.
   */
  listen(ports: ReadonlySet<number>): Promise<void>;
  /** `state`: the state is another; `peers`: who is there, or what they may, is. Returns what takes it back. */
  onChange(listener: (what: 'state' | 'peers') => void): () => void;
}

/** For hosts that are on none. */
export function noTailnet(): Tailnet {
  const state: TailnetState = { mode: 'off', phase: 'off' };
  const refuse = (): Promise<never> =>
    Promise.reject(
      new GuildNetError('conflict', 'This host is on no tailnet.', {
        remedy:
          'Log it in on the page Tailnet or by "guildnet tailnet login", or choose a way by "guildnet tailnet use".',
      }),
    );
  return {
    state,
    start: () => undefined,
    stop: () => Promise.resolve(),
    login: refuse,
    logout: () => Promise.resolve(state),
    certificateNames: [],
    certificate: refuse,
    netcheck: refuse,
    whois: refuse,
    listen: () => Promise.resolve(),
    onChange: () => () => undefined,
    dial: () => Promise.resolve(undefined),
    locate: () => Promise.resolve(undefined),
    routes: () => Promise.resolve([]),
  };
}

import type { TailnetHost, TailnetState } from '#contract/tailnet.ts';
import { mostHosts } from '#contract/tailnet.ts';
import type { Kube } from '../kube/kube.ts';
import type { Log } from '../observability/log.ts';
import type { Tailnet } from '../tailnet/tailnet.ts';
import type { Announced, Announcement } from './announcement.ts';
import { openBoard } from './board.ts';
import type { Board } from './board.ts';
import { vouched } from './vouched.ts';

/** Whois is this machine's own; one that does not answer holds nobody up. */
const whoisMs = 1_000;
/** Many pages ask for the same. */
const freshMs = 2_000;

/** The hosts of a tailnet that work with the same workspaces, and this one's telling them where it is. */
export interface FellowHosts {
  /** This host first; none while peers cannot reach it, or there is no session with a cluster. */
  list(): Promise<TailnetHost[]>;
  /** Another cluster is worked with, or none. */
  use(kube: Pick<Kube, 'rest' | 'namespace'> | undefined): void;
  /** Where this host is in the tailnet may be another place now. */
  moved(): void;
  /** Tells the others that this host is away, within a second. */
  close(): Promise<void>;
}

export interface FellowHostsOptions {
  tailnet: Pick<Tailnet, 'whois'>;
  /** With the address by which peers reach it, while they do. */
  state(): TailnetState;
  log: Log;
}

export function createFellowHosts({ tailnet, state, log }: FellowHostsOptions): FellowHosts {
  let board: Board | undefined;
  let wanted: Pick<Kube, 'rest' | 'namespace'> | undefined;
  let closing = Promise.resolve();
  let asked: { at: number; hosts: Promise<TailnetHost[]> } | undefined;

  const own = (): (TailnetState & Pick<Announcement, 'name' | 'address'>) | undefined => {
    const now = state();
    const [address] = now.addresses ?? [];
    if (now.url === undefined || now.name === undefined || address === undefined) return undefined;
    return { ...now, name: now.name.toLowerCase(), address };
  };

  async function known({ announcement }: Announced, self: TailnetState): Promise<TailnetHost | undefined> {
    const late = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => late.resolve(undefined), whoisMs);
    try {
      const peer = await Promise.race([tailnet.whois({ address: announcement.address, port: 443 }), late.promise]);
      if (peer === undefined) return undefined;
      return vouched(announcement, peer, { login: self.login ?? '', tags: self.tags ?? [] });
    } catch (error) {
      log.debug({ err: error, name: announcement.name }, 'The tailnet does not know a host that is announced');
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  async function look(): Promise<TailnetHost[]> {
    const self = own();
    if (self === undefined || board === undefined) return [];
    const others = board.others().slice(0, mostHosts - 1);
    const found = await Promise.all(others.map((one) => known(one, self)));
    const { clusterMs } = board;
    const here: TailnetHost = {
      name: self.name,
      url: self.url ?? '',
      here: true,
      login: self.login ?? '',
      tags: self.tags ?? [],
      same_owner: true,
      ...(clusterMs === undefined ? {} : { cluster_milliseconds: clusterMs }),
    };
    const byName = (one: TailnetHost, other: TailnetHost): number => one.name.localeCompare(other.name);
    return [here, ...found.filter((one) => one !== undefined).toSorted(byName)];
  }

  function leave(): void {
    const before = board;
    board = undefined;
    asked = undefined;
    if (before !== undefined) closing = closing.then(() => before.close());
  }

  return {
    list() {
      const now = performance.now();
      if (asked === undefined || now - asked.at > freshMs) asked = { at: now, hosts: look() };
      return asked.hosts;
    },
    use(kube) {
      leave();
      wanted = kube;
      if (kube === undefined || state().mode === 'off') return;
      // After the one before has taken down what stands under the same name.
      closing = closing.then(() => {
        if (wanted === kube) board = openBoard(kube, own, log);
      });
    },
    moved() {
      asked = undefined;
      board?.renew();
    },
    async close() {
      wanted = undefined;
      leave();
      await closing;
    },
  };
}

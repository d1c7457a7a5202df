import type { Peer } from '#contract/identity.ts';
import type { End } from '../access/handed-over.ts';
import type { Log } from '../observability/log.ts';
import type { NodePeer } from '../tailnet/node-messages.ts';
import { toPeer } from './to-peer.ts';

/** Addresses that are remembered: a tailnet has more devices than use a host. */
const mostKnown = 1_024;

/** Who the peers are, asked of the tailnet's node once until the answer may be another. */
export interface Peers {
  /** Who is at this end of a connection. Rejects when nobody knows. */
  at(end: End): Promise<Peer>;
  /** The same device as it is known now; undefined when it is not known any more. */
  now(peer: Peer): Peer | undefined;
  /** Those who have come, as they are known now; by the device. */
  seen(): Peer[];
  /** Who is there, or what they may, may be another: what is known is asked anew, and then `onChange` is told. */
  forget(): void;
  /** Returns the function that ends it. */
  onChange(listener: () => void): () => void;
}

export function createPeers(whois: (end: End) => Promise<NodePeer>, log: Log): Peers {
  const listeners = new Set<() => void>();
  /** What was asked since the last change: by address, of which the last that was used stands last, and by device. */
  let current = { known: new Map<string, Promise<Peer>>(), devices: new Map<string, Peer>() };
  /** Those of the last that was asked to its end. */
  let settled = current.devices;
  let asking: Promise<void> | undefined;
  let isStale = false;

  async function ask(end: End): Promise<Peer> {
    return toPeer(await whois(end));
  }

  function look(end: End): Promise<Peer> {
    // What was asked before a change says nothing of what is known after it.
    const { known, devices } = current;
    const asked = ask(end);
    known.set(end.address, asked);
    asked.then(
      (peer) => devices.set(peer.device.id, peer),
      () => {
        if (known.get(end.address) === asked) known.delete(end.address);
      },
    );
    for (const oldest of known.keys()) {
      if (known.size <= mostKnown) break;
      known.delete(oldest);
    }
    return asked;
  }

  /** Until nothing has changed meanwhile. Those who ask while it runs wait for the new answer. */
  async function renew(): Promise<void> {
    while (isStale) {
      isStale = false;
      const addresses = [...current.known.keys()];
      current = { known: new Map(), devices: new Map() };
      const answers = await Promise.allSettled(addresses.map((address) => look({ address, port: 0 })));
      settled = current.devices;
      const lost = answers.filter(({ status }) => status === 'rejected').length;
      if (lost > 0) log.info({ lost }, 'Peers are not known to the tailnet any more');
    }
    for (const listener of listeners) listener();
  }

  return {
    at(end) {
      const { known } = current;
      const found = known.get(end.address);
      if (found === undefined) return look(end);
      known.delete(end.address);
      known.set(end.address, found);
      return found;
    },
    now: (peer) => settled.get(peer.device.id) ?? current.devices.get(peer.device.id),
    seen: () => [...new Map([...settled, ...current.devices]).values()],
    forget() {
      isStale = true;
      asking ??= renew()
        .catch((error: unknown) => log.error({ err: error }, 'Looking at the peers failed inside GuildNet'))
        .finally(() => {
          asking = undefined;
        });
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

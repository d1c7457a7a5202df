import type { Log } from '../../observability/log.ts';
import type { ProxyTarget } from '../resolve.ts';
import { Admission } from './admission.ts';
import { TunnelAgent } from './tunnel-agent.ts';
import type { Transport } from './transport.ts';

export interface PodTunnels {
  /** For requests that may be sent again: tunnels are kept for the next one. */
  kept: TunnelAgent;
  /** A fresh tunnel each, for upgrades and for what may not be lost to a connection that the far end is just closing. */
  fresh: TunnelAgent;
  admission: Admission;
}

interface Entry extends PodTunnels {
  podUid: string;
}

/** The tunnels of one cluster connection, by pod and port. */
export class TunnelPool {
  readonly #transport: Transport;
  readonly #log: Log;
  readonly #entries = new Map<string, Entry>();

  constructor(transport: Transport, log: Log) {
    this.#transport = transport;
    this.#log = log;
  }

  to(target: ProxyTarget): PodTunnels {
    const key = `${target.podUid}/${String(target.port)}/${target.scheme}`;
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const open = () => {
      this.#log.debug({ pod: target.pod, port: target.port }, 'A tunnel is opened');
      return this.#transport.open(target);
    };
    const entry: Entry = {
      podUid: target.podUid,
      kept: new TunnelAgent({ open, scheme: target.scheme, keepAlive: true }),
      fresh: new TunnelAgent({ open, scheme: target.scheme, keepAlive: false }),
      admission: new Admission(),
    };
    this.#entries.set(key, entry);
    return entry;
  }

  /** Tunnels that are open now. */
  get size(): number {
    return [...this.#entries.values()].reduce((sum, { kept, fresh }) => sum + kept.size + fresh.size, 0);
  }

  /** Ends the tunnels of a pod that is gone, in use or not. */
  closePod(podUid: string): void {
    for (const [key, entry] of this.#entries) {
      if (entry.podUid !== podUid) continue;
      this.#entries.delete(key);
      entry.kept.destroy();
      entry.fresh.destroy();
    }
  }

  close(): void {
    for (const { podUid } of this.#entries.values()) this.closePod(podUid);
  }
}

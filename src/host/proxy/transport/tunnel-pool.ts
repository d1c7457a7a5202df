import type { Log } from '../../observability/log.ts';
import type { PodTarget, ProxyTarget } from '../target.ts';
import { Admission } from './admission.ts';
import { AdoptingAgent } from './adopting-agent.ts';
import type { Prepared } from './forward.ts';
import { KeptLines } from './kept-lines.ts';
import { TunnelAgent } from './tunnel-agent.ts';
import type { Tunnel } from './transport.ts';

export interface PodTunnels {
  /** For requests that may be sent again: tunnels are kept for the next one. */
  kept: TunnelAgent;
  /** A fresh tunnel each, for upgrades and for what may not be lost to a connection that the far end is just closing. */
  fresh: TunnelAgent;
  admission: Admission;
  /** For the plainest of requests that may be sent again; absent where connections are streams already, or have TLS in them. */
  lines?: { kept: KeptLines; adopting: AdoptingAgent } | undefined;
}

/** A way to targets. */
interface PoolTransport<T> {
  open(target: T): Tunnel;
  /** A connection without a stream around it. Rejects with a TunnelError. */
  prepare?(target: T): Promise<Prepared>;
  /** One that stands beside others, where that can be had at once. */
  share?(target: T): Prepared | undefined;
}

function openOf({ kept, fresh, lines }: PodTunnels): number {
  return kept.size + fresh.size + (lines?.kept.size ?? 0);
}

interface Entry extends PodTunnels {
  /** The pod's uid, or the address of what is dialled directly. */
  owner: string;
}

/** Any port of a pod may be asked for, so of those that nobody uses now only so many are remembered. */
const maxEntries = 256;

function ownerOf(target: ProxyTarget): string {
  return target.kind === 'direct' ? target.address : target.podUid;
}

/** The tunnels of one way to reach targets, by pod (or address) and port. */
export class TunnelPool<T extends ProxyTarget = PodTarget> {
  readonly #transport: PoolTransport<T>;
  readonly #log: Log;
  readonly #entries = new Map<string, Entry>();

  constructor(transport: PoolTransport<T>, log: Log) {
    this.#transport = transport;
    this.#log = log;
  }

  to(target: T): PodTunnels {
    const owner = ownerOf(target);
    const { port, scheme, serverName = '' } = target;
    const key = `${owner}/${String(port)}/${scheme}/${scheme === 'https' ? serverName : ''}`;
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const at = { to: target.kind === 'direct' ? target.host : target.pod, port };
    const open = () => {
      this.#log.debug(at, 'A tunnel is opened');
      return this.#transport.open(target);
    };
    const entry: Entry = {
      owner,
      lines: scheme === 'http' ? this.#lines(target, () => this.#log.debug(at, 'A tunnel is opened')) : undefined,
      kept: new TunnelAgent({ open, scheme, serverName, keepAlive: true }),
      fresh: new TunnelAgent({ open, scheme, serverName, keepAlive: false }),
      admission: new Admission({
        onOverdue: () => this.#log.debug(at, 'A request outlasts its turn, and the next one begins'),
      }),
    };
    this.#makeRoom();
    this.#entries.set(key, entry);
    return entry;
  }

  #lines(target: T, tell: () => void): PodTunnels['lines'] {
    const { prepare } = this.#transport;
    if (prepare === undefined) return undefined;
    const kept = new KeptLines({
      prepare: () => {
        tell();
        return prepare(target);
      },
      share: () => this.#transport.share?.(target),
    });
    return { kept, adopting: new AdoptingAgent(kept) };
  }

  #makeRoom(): void {
    if (this.#entries.size < maxEntries) return;
    for (const [key, entry] of this.#entries) {
      if (openOf(entry) === 0) this.#entries.delete(key);
    }
  }

  /** Tunnels that are open now. */
  get size(): number {
    return [...this.#entries.values()].reduce((sum, entry) => sum + openOf(entry), 0);
  }

  /** Ends the tunnels of a pod that is gone, in use or not. */
  closePod(podUid: string): void {
    for (const [key, entry] of this.#entries) {
      if (entry.owner !== podUid) continue;
      this.#entries.delete(key);
      entry.kept.destroy();
      entry.fresh.destroy();
      // The last: whoever waits on one is told at once, and asks a second time on a fresh one.
      entry.lines?.kept.destroy();
    }
  }

  close(): void {
    for (const { owner } of this.#entries.values()) this.closePod(owner);
  }
}

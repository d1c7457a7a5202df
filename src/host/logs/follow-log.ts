import { mostLogLines } from '#contract/logs.ts';
import type { LogLevel } from '#contract/logs.ts';
import type { Entry } from './entry.ts';
import type { Start } from './follow-container.ts';
import type { Hub } from './hub.ts';
import { isAtLeast } from './level-of.ts';

/** What a reader wants to see. */
export interface Wanted extends Start {
  level: LogLevel | undefined;
  /** Nothing of the tail that is older, as `canonicalTime` writes it. */
  since: string | undefined;
}

/** The hubs of one host, by container. */
export interface Hubs {
  /** The one that others share, where there is one. */
  shared(): Hub | undefined;
  /** A new one, which is shared from now on where none is. */
  open(start: Start): Hub;
  /** Shares one of ours where none is shared. */
  share(hub: Hub): void;
}

/** A hub and the number of the entry to begin with. */
interface Place {
  hub: Hub;
  from: number;
}

function isWanted({ line }: Entry, { level }: Pick<Wanted, 'level'>): boolean {
  return line.notice !== undefined || isAtLeast(line.lvl, level);
}

/** As many of the last lines have to be read: which of them are left out is seen only then. */
export function reachOf({ level, tail }: Pick<Wanted, 'level' | 'tail'>): number {
  return level === undefined ? tail : mostLogLines;
}

/** The number of the first of the last entries that are wanted; undefined where some of them may not have been read, or are gone. */
export function tailStart({ ring, reach }: Pick<Hub, 'ring' | 'reach'>, wanted: Wanted): number | undefined {
  const entries = ring.from(ring.first, ring.next - ring.first);
  let left = wanted.tail;
  let at = entries.length;
  while (at > 0 && left > 0) {
    const entry = entries[at - 1];
    if (entry === undefined || (wanted.since !== undefined && entry.line.t < wanted.since)) return ring.first + at;
    at -= 1;
    if (entry.line.notice === undefined && isWanted(entry, wanted)) left -= 1;
  }
  const isWhole = ring.first === 0 && reach >= reachOf(wanted);
  return left === 0 || isWhole ? ring.first + at : undefined;
}

/** Where a reader joins what others read already; undefined when what it wants has gone by. */
async function placeIn(hub: Hub, wanted: Wanted): Promise<Place | undefined> {
  if (wanted.after !== undefined) {
    const number = hub.ring.find(wanted.after);
    return number === undefined ? undefined : { hub, from: number + 1 };
  }
  if (wanted.previous) return undefined;
  await hub.begun();
  const from = tailStart(hub, wanted);
  return from === undefined ? undefined : { hub, from };
}

/** A hub of its own, which others join. */
async function openPlace(hubs: Hubs, wanted: Wanted): Promise<Place> {
  const hub = hubs.open({ ...wanted, tail: reachOf(wanted) });
  if (wanted.after !== undefined) return { hub, from: 0 };
  await hub.begun();
  return { hub, from: wanted.previous ? hub.ring.first : (tailStart(hub, wanted) ?? hub.ring.first) };
}

/**
 * What one reader is sent: from where it wants to begin, then for ever. Where others read the same container it is served from what
 * they have read; only what that does not hold is asked of the cluster, until the two meet. Rejects when there is nothing to be had.
 */
export async function followLog(
  hubs: Hubs,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<AsyncGenerator<Entry[], void, void>> {
  const shared = hubs.shared();
  const place = (shared === undefined ? undefined : await placeIn(shared, wanted)) ?? (await openPlace(hubs, wanted));
  return readFrom(hubs, place, wanted, signal);
}

async function* readFrom(
  hubs: Hubs,
  start: Place,
  wanted: Wanted,
  signal: AbortSignal,
): AsyncGenerator<Entry[], void, void> {
  for (let place: Place | undefined = start; place !== undefined; ) {
    const { hub, from }: Place = place;
    let met: Place | undefined;
    try {
      for await (const batch of hub.read(from, signal)) {
        const seen = batch.filter((entry) => isWanted(entry, wanted));
        if (seen.length > 0) yield seen;
        met = meet(hubs, hub, batch);
        if (met !== undefined) break;
      }
    } finally {
      // What is shared is kept for a while, for those who come back.
      if (hubs.shared() !== hub) hub.close();
    }
    place = met;
  }
}

/** Where the hub that is shared has what comes after a batch; ours is shared where none is. */
function meet(hubs: Hubs, own: Hub, batch: readonly Entry[]): Place | undefined {
  const shared = hubs.shared();
  if (shared === undefined) hubs.share(own);
  const at = batch.findLastIndex(({ position }) => position !== undefined);
  const last = batch[at]?.position;
  if (shared === undefined || shared === own || last === undefined) return undefined;
  const number = shared.ring.find(last);
  if (number === undefined) return undefined;
  // Notices have no position: those that were told already are not told again.
  const told = batch.length - 1 - at;
  const behind = shared.ring.from(number + 1, told);
  const other = behind.findIndex(({ line }) => line.notice === undefined);
  return { hub: shared, from: number + 1 + (other === -1 ? behind.length : other) };
}

import type { ReadStream } from 'node:fs';
import type { AssetCacheStatus } from '#contract/asset-cache.ts';
import type { Log } from '../../observability/log.ts';
import type { ResponseHeaders } from '../exchange/header-list.ts';
import { assetFiles } from './asset-files.ts';
import type { AssetFiles, Writing } from './asset-files.ts';
import { AssetIndex, defaultBounds } from './asset-index.ts';
import type { Bounds } from './asset-index.ts';
import { ageFor, clientHas, keptFor, mayBeKept } from './asset-policy.ts';
import type { AskedHead } from './asset-policy.ts';
import { addressOf } from './kept-entry.ts';
import type { AskedPlace, AssetPlace, KeptEntry } from './kept-entry.ts';
import type { Witness } from './witness.ts';
import { witnessedHead } from './witnessed-head.ts';

/** An asset that answers a request. */
export interface FoundAsset {
  entry: KeptEntry;
  /** Seconds. */
  age: number;
  /** Its bytes; absent: the client has the very same, and needs none. */
  stream?: ReadStream;
}

/** An answer that is kept as it passes. */
export interface Keeping {
  passes(chunk: Buffer): void;
  /** All of it has passed. */
  ends(): void;
  /** It is not whole. */
  breaks(): void;
}

/** How a program can be asked what it would answer, without its bytes. */
export interface Beside {
  witness: Witness;
  /** The request as it would go there. */
  request(): string;
}

export interface AssetCache {
  /** What is kept for this request; undefined: the program is asked. */
  find(place: AskedPlace, asked: AskedHead, beside?: Beside): Promise<FoundAsset | undefined>;
  /** Keeps the answer that begins with this head, if it may be. */
  keep(place: AskedPlace, asked: AskedHead, answer: { status: number; headers: ResponseHeaders }): Keeping | undefined;
  status(): AssetCacheStatus;
}

export interface AssetCacheOptions {
  folder: string;
  log: Log;
  bounds?: Bounds;
  files?: AssetFiles;
  now?: () => number;
}

/** Where it is switched off. */
export const noAssetCache: AssetCacheStatus = {
  state: 'off',
  bytes: 0,
  entries: 0,
  hits: 0,
  misses: 0,
  kept: 0,
  adopted: 0,
  saved: 0,
};

/** More at once would only compete for the disk. */
const mostUnderway = 16;
/** Smaller ones come by the tunnel in less time than it takes to ask about them, in bytes. */
const worthAsking = 64 * 1024;
const mostAsking = 8;
const mostMutes = 256;
/** How long nothing is kept after the disk has refused something, in milliseconds. */
const restMs = 10 * 60_000;

function placed({ path, ...rest }: AskedPlace): AssetPlace {
  return { ...rest, address: addressOf(path) };
}

function plain(headers: ResponseHeaders): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, values]) => (values === undefined ? [] : [[name, [...values]]])),
  );
}

/**
 * Keeps assets of workspaces on disk (record 0060). Never rejects for what is on the disk: what cannot be read is not there, and a disk that takes
 * nothing switches keeping off for a while, with a word in log and status.
 */
export function createAssetCache(options: AssetCacheOptions): AssetCache {
  const { folder, log, bounds = defaultBounds, now = Date.now } = options;
  const files = options.files ?? assetFiles(folder);
  const index = new AssetIndex(bounds);
  const fileOf = new Map<KeptEntry, string>();
  /** Hashes whose bytes have been read and found to be those, since this process began. */
  const whole = new Set<string>();
  const counts = { hits: 0, misses: 0, kept: 0, adopted: 0, saved: 0 };
  /** Workspaces whose program could not be asked, and until when that is believed. */
  const mutes = new Map<string, number>();
  let asking = 0;
  let underway = 0;
  let problem: string | undefined;
  let restsUntil = 0;
  let opening: Promise<void> | undefined;
  let isOpen = false;

  function fails(error: unknown): void {
    const why = (error as NodeJS.ErrnoException).code ?? 'unknown';
    if (problem === undefined) log.warn({ err: error, folder }, 'Assets of workspaces cannot be kept for a while');
    problem =
      why === 'ENOSPC' || why === 'EDQUOT'
        ? 'The disk is full: assets of workspaces are not kept, and come from their programs.'
        : `The folder of kept assets cannot be used (${why}): they come from their programs.`;
    restsUntil = now() + restMs;
  }

  async function drop(entry: KeptEntry): Promise<void> {
    index.remove(entry);
    const file = fileOf.get(entry);
    fileOf.delete(entry);
    if (file !== undefined) await files.forget(file);
    if (index.hasBytes(entry.hash)) return;
    whole.delete(entry.hash);
    await files.forgetBytes(entry.hash);
  }

  async function put(entry: KeptEntry, file: string | undefined): Promise<void> {
    const going = index.add(entry);
    if (!going.includes(entry)) fileOf.set(entry, file ?? (await files.keep(entry)));
    for (const one of going) await drop(one);
  }

  /** Once; what of it fails is a word, and is tried again after a while. */
  function opened(): Promise<void> {
    if (!isOpen && opening === undefined && now() < restsUntil) return Promise.resolve();
    opening ??= files
      .open()
      .then(async (found) => {
        for (const { entry, file } of found) await put(entry, file);
        isOpen = true;
      })
      .catch((error: unknown) => {
        fails(error);
        opening = undefined;
      });
    return opening;
  }

  async function finish(writing: Writing, place: AssetPlace, about: Pick<KeptEntry, 'selectedBy' | 'headers'>) {
    const { size, hash } = await writing.finish();
    whole.add(hash);
    await put({ version: 1, ...place, ...about, storedAt: now(), size, hash }, undefined);
    counts.kept += 1;
    problem = undefined;
  }

  /** What this workspace itself has said. */
  async function own(place: AssetPlace, asked: AskedHead): Promise<FoundAsset | undefined> {
    const at = now();
    for (const entry of index.at(place)) {
      const age = ageFor(asked, entry, at);
      if (age === undefined) continue;
      try {
        if (!whole.has(entry.hash) && !(await files.areWhole(entry.hash, entry.size)))
          throw new Error('The file holds other bytes than were kept.');
        whole.add(entry.hash);
        const stream = clientHas(asked, entry) ? undefined : await files.read(entry.hash);
        index.use(entry);
        return { entry, age, ...(stream === undefined ? {} : { stream }) };
      } catch (error) {
        log.info({ err: error, address: place.address }, 'A kept asset cannot be used, and is dropped');
        await drop(entry).catch(fails);
      }
    }
    return undefined;
  }

  /**
   * What another workspace of the same image has said, where this one's own program says the very same: its head, and its bytes by their hash. So nothing
   * that another one has made of its program is ever served here.
   */
  async function adopted(
    place: AssetPlace,
    asked: AskedHead,
    beside: Beside | undefined,
  ): Promise<FoundAsset | undefined> {
    const alike = index.alike(place).filter(({ size }) => size >= worthAsking);
    const mute = `${place.workspace} ${place.image}`;
    if (beside === undefined || alike.length === 0 || now() < (mutes.get(mute) ?? 0) || asking >= mostAsking)
      return undefined;
    asking += 1;
    try {
      const said = await beside.witness(beside.request());
      const head = said === undefined ? undefined : witnessedHead(said.head);
      if (said === undefined || head === undefined) {
        if (mutes.size >= mostMutes) mutes.clear();
        mutes.set(mute, now() + restMs);
        return undefined;
      }
      const selectedBy = keptFor(asked, head.status, head.headers);
      const same = alike.find(({ hash }) => hash === said.hash);
      const length = head.headers['content-length']?.[0];
      if (selectedBy === undefined || same === undefined || Number(length ?? same.size) !== same.size) return undefined;
      const about = { selectedBy, headers: plain(head.headers), storedAt: now(), size: same.size, hash: same.hash };
      await put({ version: 1, ...place, ...about }, undefined);
      counts.adopted += 1;
      return await own(place, asked);
    } catch (error) {
      fails(error);
      return undefined;
    } finally {
      asking -= 1;
    }
  }

  return {
    async find(at, asked, beside) {
      if (!mayBeKept(asked)) return undefined;
      if (!isOpen) await opened();
      if (!index.holds(at.image)) {
        counts.misses += 1;
        return undefined;
      }
      const place = placed(at);
      const found = (await own(place, asked)) ?? (await adopted(place, asked, beside));
      counts[found === undefined ? 'misses' : 'hits'] += 1;
      counts.saved += found?.entry.size ?? 0;
      return found;
    },
    keep(at, asked, { status, headers }) {
      if (!isOpen || underway >= mostUnderway || now() < restsUntil) return undefined;
      const selectedBy = keptFor(asked, status, headers);
      if (selectedBy === undefined) return undefined;
      const length = Number(headers['content-length']?.[0] ?? 0);
      if (length > bounds.bytes * bounds.share) return undefined;
      const said = plain(headers);
      underway += 1;
      let size = 0;
      let writing: Writing | undefined = files.write();
      const leave = (act: (open: Writing) => Promise<void>): void => {
        const open = writing;
        writing = undefined;
        if (open === undefined) return;
        act(open)
          .catch(fails)
          .finally(() => (underway -= 1));
      };
      const abandon = (): void => leave((open) => open.abandon());
      return {
        passes(chunk) {
          size += chunk.length;
          if (writing === undefined) return;
          if (size <= bounds.bytes * bounds.share && writing.write(chunk)) return;
          if (writing.failure !== undefined) fails(writing.failure);
          abandon();
        },
        ends: () =>
          length > 0 && size !== length
            ? abandon()
            : leave((open) => finish(open, placed(at), { selectedBy, headers: said })),
        breaks: abandon,
      };
    },
    status: () => ({
      state: problem === undefined ? 'on' : 'resting',
      ...(problem === undefined ? {} : { why: problem }),
      ...index.size,
      ...counts,
    }),
  };
}

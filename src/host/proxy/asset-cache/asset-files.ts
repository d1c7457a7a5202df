import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import type { ReadStream, WriteStream } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { keptEntrySchema } from './kept-entry.ts';
import type { KeptEntry } from './kept-entry.ts';

/** One entry's file, without its bytes. */
const mostEntryBytes = 64 * 1024;
/** So much may wait for the disk; what the disk cannot take that fast is not kept, and nobody is made to wait for it. */
const mostWaiting = 4 * 1024 * 1024;

/** Bytes on their way to the disk. */
export interface Writing {
  /** False: the disk does not keep up or has failed, and nothing will be kept. */
  write(chunk: Buffer): boolean;
  /** What the system has said against it. */
  readonly failure: Error | undefined;
  /** Resolves with their size and hash once they are on the disk, under the hash's name. Rejects with what the system says. */
  finish(): Promise<{ size: number; hash: string }>;
  /** They are not whole: nothing of them stays. */
  abandon(): Promise<void>;
}

/** The files of what is kept, in a folder of their own that only this user can read: bytes by their hash, and an entry's file for each. */
export interface AssetFiles {
  /** Makes the folder, removes what a crash has left, and reads the entries whose bytes are there. What is no entry is removed. */
  open(): Promise<{ entry: KeptEntry; file: string }[]>;
  write(): Writing;
  /** Returns the entry's file. */
  keep(entry: KeptEntry): Promise<string>;
  forget(file: string): Promise<void>;
  forgetBytes(hash: string): Promise<void>;
  /** Whether the bytes of this hash are those, all of them. Reads them once. */
  areWhole(hash: string, size: number): Promise<boolean>;
  /** Resolves once the file is open: what is removed then is read all the same. */
  read(hash: string): Promise<ReadStream>;
}

export function assetFiles(folder: string): AssetFiles {
  const entries = join(folder, 'entries');
  const bytes = join(folder, 'bytes');
  const underway = join(folder, 'underway');
  const bytesOf = (hash: string): string => join(bytes, hash);

  async function readEntry(name: string): Promise<KeptEntry | undefined> {
    const text = await readFile(join(entries, name), 'utf8');
    if (text.length > mostEntryBytes) return undefined;
    try {
      return keptEntrySchema.parse(JSON.parse(text));
    } catch {
      // Half of one, another version's, or somebody's: an entry that is not there costs a request.
      return undefined;
    }
  }

  return {
    async open() {
      await rm(underway, { recursive: true, force: true });
      for (const one of [entries, bytes, underway]) await mkdir(one, { recursive: true, mode: 0o700 });
      const there = new Set(await readdir(bytes));
      const found: { entry: KeptEntry; file: string }[] = [];
      for (const file of await readdir(entries)) {
        const entry = await readEntry(file);
        if (entry !== undefined && there.has(entry.hash)) found.push({ entry, file });
        else await rm(join(entries, file), { recursive: true, force: true });
      }
      const used = new Set(found.map(({ entry }) => entry.hash));
      for (const one of there) if (!used.has(one)) await rm(join(bytes, one), { recursive: true, force: true });
      return found.toSorted((one, other) => one.entry.storedAt - other.entry.storedAt);
    },
    write() {
      const path = join(underway, randomUUID());
      const stream: WriteStream = createWriteStream(path, { mode: 0o600, flags: 'wx' });
      const hash = createHash('sha256');
      let size = 0;
      let failure: Error | undefined;
      // Told by `finish`.
      stream.on('error', (error) => (failure = error));
      return {
        get failure() {
          return failure;
        },
        write(chunk) {
          if (failure !== undefined || stream.writableLength > mostWaiting) return false;
          hash.update(chunk);
          size += chunk.length;
          stream.write(chunk);
          return true;
        },
        async finish() {
          stream.end();
          await finished(stream);
          const named = hash.digest('hex');
          await rename(path, bytesOf(named));
          return { size, hash: named };
        },
        async abandon() {
          stream.destroy();
          await rm(path, { force: true });
        },
      };
    },
    async keep(entry) {
      const file = `${randomUUID()}.json`;
      const aside = join(underway, file);
      await writeFile(aside, JSON.stringify(entry), { mode: 0o600 });
      await rename(aside, join(entries, file));
      return file;
    },
    forget: (file) => rm(join(entries, file), { force: true }),
    forgetBytes: (hash) => rm(bytesOf(hash), { force: true }),
    async areWhole(expected, size) {
      const hash = createHash('sha256');
      let read = 0;
      for await (const chunk of createReadStream(bytesOf(expected)) as AsyncIterable<Buffer>) {
        read += chunk.length;
        if (read > size) return false;
        hash.update(chunk);
      }
      return read === size && hash.digest('hex') === expected;
    },
    async read(hash) {
      const stream = createReadStream(bytesOf(hash));
      await once(stream, 'open');
      return stream;
    },
  };
}

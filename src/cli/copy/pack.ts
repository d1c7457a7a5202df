import { createReadStream } from 'node:fs';
import { lstat, readdir, readlink, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pack as createPack } from 'tar-stream';
import type { Pack } from 'tar-stream';

export interface Packed {
  files: number;
  bytes: number;
  skipped: string[];
}

export interface Packing {
  /** The archive. What goes wrong destroys it. */
  archive: Pack;
  /** What is in it, once all is. */
  done: Promise<Packed>;
}

/** Packs a file or directory of this machine under another name. A link at the top is followed, further ones go as they are. */
export function packed(source: string, name: string): Packing {
  const archive = createPack();
  const counted: Packed = { files: 0, bytes: 0, skipped: [] };
  const done = add(archive, source, name, counted, true).then(
    () => {
      archive.finalize();
      return counted;
    },
    (error: unknown) => {
      archive.destroy(error instanceof Error ? error : new Error(String(error)));
      throw error;
    },
  );
  return { archive, done };
}

async function add(archive: Pack, source: string, name: string, counted: Packed, isTop: boolean): Promise<void> {
  const found = isTop ? await stat(source) : await lstat(source);
  const header = { name, mode: found.mode & 0o777, mtime: found.mtime };
  if (found.isDirectory()) {
    await entry(archive, { ...header, type: 'directory' });
    for (const child of (await readdir(source)).toSorted())
      await add(archive, join(source, child), posix.join(name, child), counted, false);
  } else if (found.isSymbolicLink()) {
    const linkname = (await readlink(source)).replaceAll('\\', '/');
    await entry(archive, { ...header, type: 'symlink', linkname });
    counted.files += 1;
  } else if (found.isFile()) {
    // One that grows meanwhile is taken as long as it was: the archive has said so.
    const content = createReadStream(source, found.size === 0 ? {} : { end: found.size - 1 });
    await pipeline(content, archive.entry({ ...header, size: found.size }));
    counted.files += 1;
    counted.bytes += found.size;
  } else counted.skipped.push(`${source}: it is neither a file nor a directory`);
}

function entry(archive: Pack, header: Parameters<Pack['entry']>[0]): Promise<void> {
  return new Promise((resolve, reject) => {
    archive.entry(header, '', (error) => (error === undefined || error === null ? resolve() : reject(error)));
  });
}

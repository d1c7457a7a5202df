import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { lstat, mkdir, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-stream';
import type { Header } from 'tar-stream';
import { GuildNetError } from '#contract/errors.ts';
import { plannedEntry } from './safe-entry.ts';
import type { PlannedEntry } from './safe-entry.ts';

export interface Unpacked {
  files: number;
  bytes: number;
  /** What was left out, in words. */
  skipped: string[];
}

export interface UnpackOptions {
  /** What was asked for, at the top of the archive; undefined: all that is in a directory. */
  top: string | undefined;
  /** What it becomes here. */
  target: string;
  platform?: NodeJS.Platform;
}

type Links = Extract<PlannedEntry, { kind: 'symlink' }>[];

/**
 * Writes what a workspace sends as an archive. Nothing is written outside of `target`, through a link that is there already or that the
 * archive has: links are made at the end. A file is replaced when it is whole. Throws `forbidden` at the first entry that is not honest.
 */
export async function unpack(
  archive: Readable,
  { top, target, platform = process.platform }: UnpackOptions,
): Promise<Unpacked> {
  const unpacked: Unpacked = { files: 0, bytes: 0, skipped: [] };
  const links: Links = [];
  const entries = extract();
  archive.on('error', (error) => entries.destroy(error));
  archive.pipe(entries);
  for await (const entry of entries) {
    const { header } = entry;
    const planned = plannedEntry(header, { top, platform });
    switch (planned.kind) {
      case 'refused':
        throw refusal(header.name, planned.why);
      case 'skipped':
        unpacked.skipped.push(`${header.name}: ${planned.why}`);
        break;
      case 'symlink':
        links.push(planned);
        break;
      case 'directory':
        await makeDirectory(target, planned.path);
        break;
      case 'copy':
        await makeDirectory(target, planned.path.slice(0, -1));
        await refuseLinks(target, planned.of);
        await write(join(target, ...planned.path), createReadStream(join(target, ...planned.of)), header);
        unpacked.files += 1;
        break;
      case 'file':
        if (planned.path.length > 0) await makeDirectory(target, planned.path.slice(0, -1));
        await write(join(target, ...planned.path), Readable.from(entry), header);
        unpacked.files += 1;
        unpacked.bytes += header.size;
    }
    // What was not read of it.
    entry.resume();
  }
  for (const { path, target: leadsTo } of links) {
    await makeDirectory(target, path.slice(0, -1));
    const at = join(target, ...path);
    await rm(at, { force: true });
    await symlink(leadsTo, at);
    unpacked.files += 1;
  }
  return unpacked;
}

/** With the program's right to run it as the one thing that is kept of its mode: the rest is this machine's to say. */
async function write(at: string, content: Readable, { mode }: Header): Promise<void> {
  const part = join(dirname(at), `.guildnet-${randomBytes(6).toString('hex')}`);
  try {
    await pipeline(content, createWriteStream(part, { flags: 'wx', mode: (mode & 0o111) === 0 ? 0o666 : 0o777 }));
    // In place of what is there, a link included.
    await rename(part, at);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Makes a directory below the target, and all between. Throws `forbidden` where a link is in the way. */
async function makeDirectory(target: string, path: readonly string[]): Promise<void> {
  await refuseLinks(target, path);
  await mkdir(join(target, ...path), { recursive: true });
}

async function refuseLinks(target: string, path: readonly string[]): Promise<void> {
  for (let count = 1; count <= path.length; count += 1) {
    const at = join(target, ...path.slice(0, count));
    const found = await lstat(at).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (found === undefined) return;
    if (found.isSymbolicLink())
      throw refusal(at, 'a link stands there already, through which it would be written elsewhere');
  }
}

function refusal(name: string, why: string): GuildNetError {
  return new GuildNetError('forbidden', `"${name.slice(0, 200)}" is not copied: ${why}.`, {
    remedy: 'Copy single files, or look at what the workspace has there. What had come before it was written.',
  });
}

import { mkdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import type WebSocket from 'ws';
import { GuildNetError } from '#contract/errors.ts';
import { printable } from '#contract/printable.ts';
import { runRemoteProgram } from '../terminal/run-program.ts';
import type { Writer } from '../context.ts';
import { split } from './copied-place.ts';
import { packed } from './pack.ts';
import type { Packed } from './pack.ts';
import { unpack } from './unpack.ts';
import type { Unpacked } from './unpack.ts';

/** Runs programs in one workspace. */
export interface RemotePlace {
  id: string;
  url: string;
  container: string | undefined;
  open(): Promise<WebSocket>;
}

const noProgramCode = 127;
const mostSaid = 2_000;

interface RemoteRun {
  code: Promise<number>;
  /** The end of what it has said on stderr. */
  said(): string;
  leave(): void;
}

async function run(
  place: RemotePlace,
  command: string[],
  streams: { input?: NodeJS.ReadableStream; output?: Writer },
): Promise<RemoteRun> {
  let said = '';
  const { input, output } = streams;
  const remote = runRemoteProgram(
    await place.open(),
    place.url,
    {
      type: 'start',
      command,
      input: input !== undefined,
      ...(place.container === undefined ? {} : { container: place.container }),
    },
    {
      input,
      output: output ?? discard,
      errors: {
        write(text, done) {
          said = `${said}${Buffer.from(text as Uint8Array).toString()}`.slice(-mostSaid);
          done?.();
          return true;
        },
      },
    },
  );
  return { code: remote.ended, said: () => said.trim(), leave: remote.leave };
}

const discard: Writer = {
  write(_text, done) {
    done?.();
    return true;
  },
};

function failure(id: string, code: number, said: string): GuildNetError {
  if (code === noProgramCode) {
    return new GuildNetError('unsupported', `The image of the workspace ${id} has no tar, by which files are copied.`, {
      remedy: `Use an image with tar, or for one file: guildnet exec ${id} -- cat FILE > FILE.`,
      details: { id },
    });
  }
  return new GuildNetError(
    'upstream_failed',
    `tar in the workspace ${id} ended with ${String(code)}: ${printable(said) || 'it did not say why'}`,
    {
      remedy: 'Check that the path is there, and that the program may read or write it.',
      details: { id },
    },
  );
}

async function isDirectory(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

/** Copies from a workspace. Into `to` when that is a directory, as `to` otherwise. */
export async function copyFrom(place: RemotePlace, from: string, to: string): Promise<Unpacked> {
  const { directory, name } = split(from);
  const isInto = await isDirectory(to);
  if (!isInto && /[/\\]$/.test(to)) throw noDirectory(to);
  const target = resolve(isInto && name !== undefined ? join(to, name) : to);
  await mkdir(dirname(target), { recursive: true });
  const archive = new PassThrough();
  const command = ['tar', '-c', '-f', '-', '-C', directory, ...(name === undefined ? ['.'] : [`./${name}`])];
  const remote = await run(place, command, {
    output: {
      write: (chunk, done) => archive.write(chunk, done),
    },
  });
  const [ended, unpacked] = await Promise.allSettled([
    remote.code.then(
      (code) => {
        archive.end();
        return code;
      },
      (error: unknown) => {
        archive.destroy(error instanceof Error ? error : new Error(String(error)));
        throw error;
      },
    ),
    unpack(archive, { top: name, target }).catch((error: unknown) => {
      // What it still sends is of no use.
      remote.leave();
      archive.resume();
      throw error;
    }),
  ]);
  if (unpacked.status === 'rejected' && unpacked.reason instanceof GuildNetError) throw unpacked.reason;
  if (ended.status === 'rejected') throw ended.reason;
  // GNU tar ends with 1 when a file has changed while it was read, and busybox' when one could not be: the others are there all the same.
  const isPartial = ended.value === 1 && unpacked.status === 'fulfilled' && unpacked.value.files > 0;
  if (ended.value !== 0 && !isPartial) throw failure(place.id, ended.value, remote.said());
  if (unpacked.status === 'rejected') throw unpacked.reason;
  if (isPartial) unpacked.value.skipped.push(printable(remote.said()));
  return unpacked.value;
}

/** Copies to a workspace. Into `to` when that is a directory there, as `to` otherwise. */
export async function copyTo(place: RemotePlace, from: string, to: string): Promise<Packed> {
  const source = resolve(from);
  await stat(source).catch((error: unknown) => {
    throw new GuildNetError('not_found', `"${from.slice(0, 200)}" cannot be read on this machine.`, {
      remedy: 'Check the path, and that it is yours to read.',
      cause: error,
    });
  });
  const asked = await run(place, ['test', '-d', to], {});
  const code = await asked.code;
  if (code === noProgramCode) throw failure(place.id, code, '');
  const isInto = code === 0;
  if (!isInto && to.endsWith('/')) throw noDirectory(to);
  const { directory, name } = split(to);
  const top = isInto ? basename(source) : name;
  if (top === undefined || top === '') throw noDirectory(to);
  const packing = packed(source, top);
  const begun: { remote?: RemoteRun; isBroken: boolean } = { isBroken: false };
  // It is waited for below. Nothing comes any more then, and a program that waits for it is told so.
  packing.done.catch(() => {
    begun.isBroken = true;
    begun.remote?.leave();
  });
  const input = new PassThrough();
  packing.archive.on('error', () => input.destroy());
  packing.archive.pipe(input);
  // The owners of this machine mean nothing there.
  const remote = await run(place, ['tar', '-x', '-o', '-f', '-', '-C', isInto ? to : directory], { input });
  begun.remote = remote;
  if (begun.isBroken) remote.leave();
  const [ended, done] = await Promise.allSettled([remote.code.finally(() => packing.archive.destroy()), packing.done]);
  if (done.status === 'rejected' && ended.status === 'rejected') throw done.reason;
  if (ended.status === 'rejected') throw ended.reason;
  if (ended.value !== 0) throw failure(place.id, ended.value, remote.said());
  if (done.status === 'rejected') throw done.reason;
  return done.value;
}

function noDirectory(path: string): GuildNetError {
  return new GuildNetError('not_found', `There is no directory "${path.slice(0, 200)}".`, {
    remedy: 'Make it, or leave the slash at its end out to copy under that name.',
  });
}

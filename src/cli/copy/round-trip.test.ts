import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTerminalHost } from '#test/terminal/terminal-host.ts';
import type { TerminalHost } from '#test/terminal/terminal-host.ts';
import { openSocket } from '../client/open-socket.ts';
import { copyFrom, copyTo } from './copy.ts';
import type { RemotePlace } from './copy.ts';

// The workspace's programs are this machine's: its tar, in a folder of the test.

let host: TerminalHost;
let folder: string;
let place: RemotePlace;

beforeEach(async () => {
  [host, folder] = await Promise.all([startTerminalHost(), mkdtemp(join(tmpdir(), 'guildnet-cp-'))]);
  place = {
    id: 'w',
    url: host.url,
    container: undefined,
    open: () => openSocket(host.url, '/api/workspaces/w/exec', undefined),
  };
  await mkdir(join(folder, 'here', 'sub'), { recursive: true });
  await mkdir(join(folder, 'there'));
  await writeFile(join(folder, 'here', 'sub', 'a b'), 'x'.repeat(2_000_000));
  await writeFile(join(folder, 'here', 'empty'), '');
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const here = (...path: string[]): string => join(folder, 'here', ...path);
const there = (...path: string[]): string => join(folder, 'there', ...path);

test('into a directory there, and back under another name', async () => {
  expect(await copyTo(place, here(), there())).toEqual({ files: 2, bytes: 2_000_000, skipped: [] });
  expect(await readFile(there('here', 'sub', 'a b'), 'utf8')).toBe('x'.repeat(2_000_000));
  expect(await copyFrom(place, there('here'), join(folder, 'back'))).toMatchObject({ files: 2, bytes: 2_000_000 });
  expect(await readFile(join(folder, 'back', 'sub', 'a b'), 'utf8')).toBe('x'.repeat(2_000_000));
});

test('a file under another name, and into a directory here', async () => {
  await copyTo(place, here('empty'), there('renamed'));
  expect(await readdir(there())).toEqual(['renamed']);
  await copyFrom(place, there('renamed'), folder);
  expect(await readdir(folder)).toContain('renamed');
});

test('all that is in a directory', async () => {
  await copyTo(place, here(), there());
  await copyFrom(place, `${there('here')}/.`, join(folder, 'all'));
  expect((await readdir(join(folder, 'all'))).toSorted()).toEqual(['empty', 'sub']);
});

test.each([
  { what: 'from what is not there', copy: () => copyFrom(place, there('no-such'), folder), code: 'upstream_failed' },
  {
    what: 'to a directory that is not there',
    copy: () => copyTo(place, here(), `${there('no', 'such')}/`),
    code: 'not_found',
  },
  {
    what: 'below one that is not there',
    copy: () => copyTo(place, here(), there('no', 'such')),
    code: 'upstream_failed',
  },
  {
    what: 'into a directory here that is not there',
    copy: () => copyFrom(place, there(), `${join(folder, 'no')}/`),
    code: 'not_found',
  },
])('$what it fails', async ({ copy, code }) => {
  await expect(copy()).rejects.toMatchObject({ code });
});

test('what is not here cannot be sent', async () => {
  await expect(copyTo(place, here('no-such'), there())).rejects.toMatchObject({ code: 'not_found' });
});

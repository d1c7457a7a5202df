import { mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { packed } from './pack.ts';
import { unpack } from './unpack.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guildnet-cp-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

interface Made {
  name: string;
  type?: 'file' | 'directory' | 'symlink' | 'link';
  content?: string;
  linkname?: string;
  mode?: number;
}

/** An archive as a workspace may send it. */
async function archiveOf(...entries: Made[]): Promise<Readable> {
  const made = pack();
  for (const { content = '', ...header } of entries) made.entry(header, content);
  made.finalize();
  return Readable.from([await buffer(Readable.from(made))]);
}

describe('what comes from a workspace', () => {
  test('is written as it was, with links at the end', async () => {
    const target = join(folder, 'new');
    const archive = await archiveOf(
      { name: './dir/', type: 'directory' },
      { name: './dir/link', type: 'symlink', linkname: 'sub' },
      { name: './dir/sub/', type: 'directory' },
      { name: './dir/sub/run', content: '#!', mode: 0o755 },
      { name: './dir/text', content: 'äöü' },
      { name: './dir/same', type: 'link', linkname: './dir/text' },
    );
    expect(await unpack(archive, { top: 'dir', target })).toEqual({ files: 4, bytes: 8, skipped: [] });
    expect(await readFile(join(target, 'text'), 'utf8')).toBe('äöü');
    expect(await readFile(join(target, 'same'), 'utf8')).toBe('äöü');
    expect(await readFile(join(target, 'link', 'run'), 'utf8')).toBe('#!');
    expect((await stat(join(target, 'sub', 'run'))).mode & 0o100).toBe(0o100);
    expect((await stat(join(target, 'text'))).mode & 0o111).toBe(0);
  });

  test('is a single file under a name of its own', async () => {
    const target = join(folder, 'mine.txt');
    await writeFile(target, 'old');
    await unpack(await archiveOf({ name: './theirs.txt', content: 'new' }), { top: 'theirs.txt', target });
    expect(await readFile(target, 'utf8')).toBe('new');
    expect(await readdir(folder)).toEqual(['mine.txt']);
  });

  test.each<{ what: string; entries: Made[] }>([
    { what: 'upwards', entries: [{ name: './dir/../../out', content: 'x' }] },
    { what: 'to an absolute path', entries: [{ name: '/tmp/out', content: 'x' }] },
    {
      what: 'through a link of its own',
      entries: [
        { name: './dir/l', type: 'symlink', linkname: '../../' },
        { name: './dir/l/out', content: 'x' },
      ],
    },
  ])('does not get out $what', async ({ entries }) => {
    const target = join(folder, 'in', 'dir');
    await mkdir(target, { recursive: true });
    await expect(unpack(await archiveOf(...entries), { top: 'dir', target })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await readdir(folder)).toEqual(['in']);
    expect(await readdir(target)).toEqual([]);
  });

  test('does not go through a link that stands there already, and replaces one at its end', async () => {
    const target = join(folder, 'dir');
    const outside = join(folder, 'outside');
    await Promise.all([mkdir(target), mkdir(outside)]);
    await writeFile(join(outside, 'kept'), 'kept');
    await symlink(outside, join(target, 'l'));
    const through = await archiveOf({ name: './dir/l/kept', content: 'x' });
    await expect(unpack(through, { top: 'dir', target })).rejects.toMatchObject({ code: 'forbidden' });
    await symlink(join(outside, 'kept'), join(target, 'file'));
    await unpack(await archiveOf({ name: './dir/file', content: 'new' }), { top: 'dir', target });
    expect(await readFile(join(target, 'file'), 'utf8')).toBe('new');
    expect(await readFile(join(outside, 'kept'), 'utf8')).toBe('kept');
  });

  test('a link of its own is not written through, in whatever order it comes', async () => {
    const target = join(folder, 'dir');
    const archive = await archiveOf(
      { name: './dir/l', type: 'symlink', linkname: 'sub' },
      { name: './dir/l/file', content: 'x' },
    );
    // The directory is there by then, and the link cannot take its place.
    await expect(unpack(archive, { top: 'dir', target })).rejects.toThrow();
    expect(await readFile(join(target, 'l', 'file'), 'utf8')).toBe('x');
  });

  test('that breaks off is an error, and no half of a file stays', async () => {
    const target = join(folder, 'dir');
    const whole = await buffer(await archiveOf({ name: './dir/file', content: 'x'.repeat(10_000) }));
    const half = Readable.from([whole.subarray(0, 2_000)]);
    await expect(unpack(half, { top: 'dir', target })).rejects.toThrow();
    expect(await readdir(target)).toEqual([]);
  });
});

test('what is packed here is the same when it is unpacked', async () => {
  const source = join(folder, 'source');
  await mkdir(join(source, 'sub'), { recursive: true });
  await Promise.all([
    writeFile(join(source, 'empty'), ''),
    writeFile(join(source, 'sub', 'large'), 'y'.repeat(300_000)),
    symlink('sub/large', join(source, 'link')),
  ]);
  const { archive, done } = packed(source, 'renamed');
  const target = join(folder, 'target');
  const [sent, came] = await Promise.all([done, unpack(Readable.from(archive), { top: 'renamed', target })]);
  expect(sent).toEqual({ files: 3, bytes: 300_000, skipped: [] });
  expect(came.files).toBe(3);
  expect(await readlink(join(target, 'link'))).toBe('sub/large');
  expect(await readFile(join(target, 'link'), 'utf8')).toBe('y'.repeat(300_000));
  expect(await readFile(join(target, 'empty'), 'utf8')).toBe('');
});

test('what is not there cannot be packed', async () => {
  const { archive, done } = packed(join(folder, 'no-such'), 'x');
  archive.on('error', () => undefined);
  await expect(done).rejects.toMatchObject({ code: 'ENOENT' });
});

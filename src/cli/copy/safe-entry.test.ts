import { describe, expect, test } from 'vitest';
import { plannedEntry } from './safe-entry.ts';
import type { ArchiveEntry } from './safe-entry.ts';

const plan = (entry: ArchiveEntry, top = 'dir', platform: NodeJS.Platform = 'linux') =>
  plannedEntry(entry, { top, platform });

const all = { top: undefined, platform: 'linux' } as const;

describe('an honest archive', () => {
  test.each([
    { entry: { name: 'dir/', type: 'directory' }, planned: { kind: 'directory', path: [] } },
    { entry: { name: 'dir/a/b.txt', type: 'file' }, planned: { kind: 'file', path: ['a', 'b.txt'] } },
    { entry: { name: './dir//a' }, planned: { kind: 'file', path: ['a'] } },
    { entry: { name: 'dir', type: 'file' }, planned: { kind: 'file', path: [] } },
    { entry: { name: 'dir/..a/...', type: 'file' }, planned: { kind: 'file', path: ['..a', '...'] } },
    {
      entry: { name: 'dir/l', type: 'symlink', linkname: 'a' },
      planned: { kind: 'symlink', path: ['l'], target: 'a' },
    },
    {
      entry: { name: 'dir/x/y/l', type: 'symlink', linkname: '../../a/b' },
      planned: { kind: 'symlink', path: ['x', 'y', 'l'], target: '../../a/b' },
    },
    { entry: { name: 'dir/h', type: 'link', linkname: 'dir/a' }, planned: { kind: 'copy', path: ['h'], of: ['a'] } },
    { entry: { name: 'dir/fifo', type: 'fifo' }, planned: { kind: 'skipped' } },
    { entry: { name: 'dir/null', type: 'character-device' }, planned: { kind: 'skipped' } },
  ])('$entry.name ($entry.type)', ({ entry, planned }) => {
    expect(plan(entry)).toMatchObject(planned);
  });

  test('of all that is in a directory', () => {
    expect(plannedEntry({ name: './', type: 'directory' }, all)).toEqual({ kind: 'directory', path: [] });
    expect(plannedEntry({ name: './a' }, all)).toEqual({ kind: 'file', path: ['a'] });
  });
});

describe('a hostile archive', () => {
  test.each<{ what: string; entry: ArchiveEntry }>([
    { what: 'an absolute name', entry: { name: '/etc/passwd' } },
    { what: 'a name that leads upwards', entry: { name: 'dir/../../etc/passwd' } },
    { what: 'a name that leads upwards and back', entry: { name: 'dir/../dir/a' } },
    { what: 'a name at the top that was not asked for', entry: { name: '.bashrc' } },
    { what: 'a NUL', entry: { name: 'dir/a\0b' } },
    { what: 'a link to an absolute path', entry: { name: 'dir/l', type: 'symlink', linkname: '/etc' } },
    { what: 'a link to the outside', entry: { name: 'dir/l', type: 'symlink', linkname: '../x' } },
    {
      what: 'a link to the outside from further down',
      entry: { name: 'dir/a/l', type: 'symlink', linkname: '../../x' },
    },
    { what: 'a link up behind another link', entry: { name: 'dir/a/l', type: 'symlink', linkname: 'other/../../x' } },
    { what: 'a link up behind the way down', entry: { name: 'dir/a/b/l', type: 'symlink', linkname: '../d/..' } },
    { what: 'a link in place of it', entry: { name: 'dir', type: 'symlink', linkname: 'x' } },
    { what: 'a link to nothing', entry: { name: 'dir/l', type: 'symlink', linkname: '' } },
    { what: 'a hard link to the outside', entry: { name: 'dir/l', type: 'link', linkname: '/etc/passwd' } },
    { what: 'a hard link beside it', entry: { name: 'dir/l', type: 'link', linkname: 'other/a' } },
  ])('$what', ({ entry }) => {
    expect(plan(entry).kind).toBe('refused');
  });

  test('a file where a directory was asked for', () => {
    expect(plannedEntry({ name: '.', type: 'file' }, all).kind).toBe('refused');
  });

  test.each(['dir/a\\..\\..\\b', 'dir/c:b', 'dir/NUL', 'dir/aux.txt', 'dir/a.', 'dir/a '])('on Windows %j', (name) => {
    expect(plan({ name }, 'dir', 'win32').kind).toBe('refused');
    expect(plan({ name }).kind).toBe('file');
  });
});

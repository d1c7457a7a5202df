import { expect, test } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import { diskRefusal, unkept } from './disk-refusal.ts';

const failed = (code: string, more: object = {}): Error =>
  Object.assign(new Error(`${code}: write`), { code, ...more });

test.each([
  ['a full disk, which names no file', failed('ENOSPC'), /the disk is full/],
  [
    'a full disk, where something is known of the file',
    new GuildNetError('bad_config', 'The certificates cannot be written.', { cause: failed('ENOSPC') }),
    /the disk is full/,
  ],
  ['a quota', failed('EDQUOT', { path: '/elsewhere' }), /used up/],
  ['a folder of somebody else', failed('EACCES', { path: '/h/state' }), /this account may not/],
  ['a disk that can only be read', failed('EROFS', { path: '/h' }), /only be read/],
])('%s is named, with the folder and what to do', (_what, error, words) => {
  const told = diskRefusal(error, '/h');
  expect(told?.message).toMatch(words);
  expect(told).toMatchObject({
    message: expect.stringContaining('/h') as string,
    remedy: expect.any(String) as string,
  });
});

test.each([
  ['a port that may not be listened at', failed('EACCES', { port: 443, syscall: 'listen' })],
  ['a file of somebody else elsewhere', failed('EACCES', { path: '/etc/shadow' })],
  [
    'a right that is missing, where something is known of the file,',
    new GuildNetError('bad_config', 'x', { cause: failed('EACCES', { path: '/h/state' }) }),
  ],
  ['what is no error of the system', new Error('boom')],
  ['no error at all', 'ENOSPC'],
])('%s is not about our folder', (_what, error) => expect(diskRefusal(error, '/h')).toBeUndefined());

test.each([
  ['a full disk', failed('ENOSPC', { syscall: 'write' }), 'It could not be kept: the disk is full.'],
  ['a quota', failed('EDQUOT'), 'It could not be kept: what this account may keep on the disk is used up.'],
  ['a system without watchers left', failed('ENOSPC', { syscall: 'watch' }), undefined],
  ['a refused connection', failed('ECONNREFUSED'), undefined],
  ['no error', 'ENOSPC', undefined],
])('%s, where something was to be kept', (_what, error, words) => expect(unkept(error)?.message).toBe(words));

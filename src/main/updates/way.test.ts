import { expect, test } from 'vitest';
import { wayOf } from './way.ts';

test.each([
  ['an AppImage', { platform: 'linux', appImage: '/a', isWritable: true }, undefined],
  ['an AppImage of somebody else', { platform: 'linux', appImage: '/a', isWritable: false }, 'may not write'],
  ['a deb or an archive', { platform: 'linux', appImage: undefined, isWritable: true }, 'replaced in the same way'],
  ['Windows', { platform: 'win32', appImage: undefined, isWritable: true }, undefined],
  ['a Mac, from its disk image', { platform: 'darwin', appImage: undefined, isWritable: false }, 'may not write'],
] as const)('%s', (_, installed, reason) => {
  const way = wayOf(installed);
  expect(way).toEqual(
    reason === undefined ? { isOwn: true } : { isOwn: false, reason: expect.stringContaining(reason) },
  );
});

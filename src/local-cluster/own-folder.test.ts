import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callerOf, makeUserFolder } from './own-folder.ts';

describe('callerOf', () => {
  it.each([
    [
      { SUDO_UID: '1000', SUDO_GID: '100' },
      { uid: 1000, gid: 100 },
    ],
    [{ SUDO_UID: '0', SUDO_GID: '0' }, undefined],
    [{ SUDO_UID: '1000' }, undefined],
    [{ SUDO_UID: 'x', SUDO_GID: '1' }, undefined],
    [{}, undefined],
  ])('%j', (env, caller) => {
    expect(callerOf(env)).toEqual(caller);
  });
});

describe.runIf(process.geteuid?.() === 0)('makeUserFolder', () => {
  it('gives the new folders to the caller, and no old one', async () => {
    const old = await mkdtemp(join(tmpdir(), 'guildnet-folder-'));
    await makeUserFolder(join(old, 'a', 'b'), { SUDO_UID: '1234', SUDO_GID: '1235' });
    const owners = await Promise.all([old, join(old, 'a'), join(old, 'a', 'b')].map((path) => stat(path)));
    expect(owners.map(({ uid }) => uid)).toEqual([0, 1234, 1234]);
    await rm(old, { recursive: true });
  });
});

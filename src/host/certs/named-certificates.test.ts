import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { createLog } from '../observability/log.ts';
import { openAuthority } from './authority.ts';
import type { KeyPair } from './authority.ts';
import { readPair } from './certificate-files.ts';
import { openNamedCertificates } from './named-certificates.ts';

const log = createLog({ level: 'silent' });
const names = ['box.tail.test', '100.64.0.7', 'fd7a:115c:a1e0::7'];

async function folderOfItsOwn(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'guildnet-named-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** What a verifying client says of this certificate under a name. */
async function verdict(pair: KeyPair, ca: string, servername: string): Promise<string> {
  const server = createServer(pair);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.1', port, ca, servername });
      socket.once('secureConnect', () => resolve('accepted'));
      socket.once('error', (error: Error) => resolve(error.message));
      socket.once('secureConnect', () => socket.destroy());
    });
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

test('it serves the name, and is the same after a restart', async () => {
  const folder = await folderOfItsOwn();
  const first = await openNamedCertificates({ folder, names, log });
  const pair = await first.current();
  expect(await verdict(pair, first.authority, 'box.tail.test')).toBe('accepted');
  const again = await openNamedCertificates({ folder, names: names.toReversed(), log });
  expect(again.authority).toBe(first.authority);
  expect(await again.current()).toEqual(pair);
  for (const file of await readdir(folder)) expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
});

test('another name has another authority, and coming back to the first finds it again', async () => {
  const folder = await folderOfItsOwn();
  const first = await openNamedCertificates({ folder, names, log });
  const other = await openNamedCertificates({ folder, names: ['box-1.tail.test', '100.64.0.7'], log });
  expect(other.authority).not.toBe(first.authority);
  expect((await openNamedCertificates({ folder, names, log })).authority).toBe(first.authority);
});

test.each(['example.com', 'other.tail.test', 'localhost', 'tail.test'])(
  'its authority cannot vouch for %s',
  async (name) => {
    const folder = await folderOfItsOwn();
    const { authority } = await openNamedCertificates({ folder, names, log });
    const stem = (await readdir(folder)).find((file) => /^ca-.*\.crt$/.test(file))?.slice(0, -4) ?? '';
    const found = await readPair({ cert: join(folder, `${stem}.crt`), key: join(folder, `${stem}.key`) });
    if (found.kind !== 'usable') throw new Error('There is no authority.');
    const forged = await openAuthority(found.pair).issue([name]);
    expect(await verdict(forged, authority, name)).toBe('permitted subtree violation');
  },
);

import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { connect, createServer } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openNamesAuthority } from './names-authority.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guildnet-names-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** What a client that trusts `ca` makes of a server with this certificate that it has asked for `name`. */
async function verdict(pair: { cert: string; key: string }, name: string, ca: string): Promise<string> {
  const server = createServer(pair);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.1', port, servername: name, ca }, () => resolve('accepted'));
      socket.once('secureConnect', () => socket.destroy());
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.message));
    });
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

test('it signs for the names that it was made for, and verifiers take no others from it', async () => {
  const { authority, file, made } = await openNamesAuthority(folder, ['laptop.example', '100.64.0.7']);
  expect(made).toBe(true);
  const ca = await readFile(file, 'utf8');
  const names = ['laptop.example', 'localhost', '127.0.0.1', '100.64.0.7'];
  const pair = await authority.issue(names);
  expect(await verdict(pair, 'laptop.example', ca)).toBe('accepted');
  expect(await verdict(pair, 'localhost', ca)).toBe('accepted');
  const foreign = await authority.issue(['bank.example']);
  expect(await verdict(foreign, 'bank.example', ca)).toBe('permitted subtree violation');
  const address = await authority.issue(['laptop.example', '100.64.0.8']);
  expect(await verdict(address, 'laptop.example', ca)).toBe('permitted subtree violation');
});

test('it is kept while it covers what is asked, and a new one covers the old names as well', async () => {
  const first = await openNamesAuthority(folder, ['a.example', 'b.example']);
  const again = await openNamesAuthority(folder, ['b.example']);
  expect([again.made, again.authority.cert]).toEqual([false, first.authority.cert]);
  const wider = await openNamesAuthority(folder, ['c.example']);
  expect(wider.made).toBe(true);
  const pair = await wider.authority.issue(['a.example', 'c.example']);
  expect(await verdict(pair, 'a.example', wider.authority.cert)).toBe('accepted');
});

test('its key is for the owner alone', async () => {
  await openNamesAuthority(folder, ['a.example']);
  expect((await stat(join(folder, 'names-ca.key'))).mode & 0o777).toBe(0o600);
});

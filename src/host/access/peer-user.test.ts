import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { expect, test } from 'vitest';
import { createPeerUser, userInTable } from './peer-user.ts';

const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0
   1: 0100007F:1F90 0100007F:A001 01 00000000:00000000 00:00000000 00000000     7        0 2 1 0 20 4 30 10 -1
   2: 0100007F:A001 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1000        0 3 1 0 20 4 30 10 -1
   3: 0100007F:A002 0100007F:1F90 06 00000000:00000000 03:00000000 00000000     0        0 0 3 0
   4: 00000000000000000000000001000000:A003 00000000000000000000000001000000:1F90 01 0:0 0:0 0 65534 0 4
   5: 0000000000000000FFFF00000100007F:A004 0000000000000000FFFF00000100007F:1F90 01 0:0 0:0 0 33 0 5
   6: B80D01200000000000000000010000AB:A005 B80D01200000000000000000020000AB:1F90 01 0:0 0:0 0 44 0 5
`;

test.each([
  ['127.0.0.1', 0xa001, '127.0.0.1', 1000],
  ['::ffff:127.0.0.1', 0xa001, '::ffff:127.0.0.1', 1000],
  ['127.0.0.1', 0xa002, '127.0.0.1', undefined],
  ['127.0.0.1', 0xa009, '127.0.0.1', undefined],
  ['127.0.0.2', 0xa001, '127.0.0.1', undefined],
  ['::1', 0xa003, '::1', 65_534],
  ['127.0.0.1', 0xa004, '127.0.0.1', 33],
  ['2001:db8::ab00:1', 0xa005, '2001:db8::ab00:2', 44],
])('%s:%i to %s belongs to %s', (address, port, own, user) => {
  expect(userInTable(table, { peer: { address, port }, own: { address: own, port: 8080 } })).toBe(user);
});

test.each(['127.0.0.1', '::1'])('a connection of our own over %s is ours', async (host) => {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, host);
  const [accepted] = (await once(server, 'connection')) as [Socket];
  const expected = process.platform === 'linux' ? process.getuid?.() : undefined;
  expect(await createPeerUser()(accepted)).toBe(expected);
  expect(await createPeerUser('darwin')(accepted)).toBeUndefined();
  client.destroy();
  accepted.destroy();
  server.close();
  await once(server, 'close');
});

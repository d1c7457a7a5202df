import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { introduction } from '#test/tailnet/hand-over.ts';
import { introduced } from './introduced.ts';

const ends = { peer: { address: '100.64.0.2', port: 5 }, own: { address: '100.64.0.1', port: 40_000 } };
const tailscaled = 7;

/** What becomes of a connection that begins with these bytes. */
async function told(bytes: Buffer, user: number | undefined, isForwarded = false): Promise<[unknown, Socket]> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted = once(server, 'connection') as Promise<[Socket]>;
  const far = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [socket] = await accepted;
  onTestFinished(() => {
    far.destroy();
    socket.destroy();
    server.close();
  });
  far.end(bytes);
  const asked = introduced(socket, {
    port: 443,
    userOf: () => Promise.resolve(user),
    tailscaledUser: () => Promise.resolve(tailscaled),
    isForwarded: () => Promise.resolve(isForwarded),
  });
  return [await asked.catch((error: unknown) => String(error)), socket];
}

test('tailscaled says whose a connection is, and what follows is the peer’s own', async () => {
  const [said, socket] = await told(Buffer.concat([introduction(ends, ''), Buffer.from('mine')]), tailscaled);
  // The port is the one of the tailnet address, which its header does not say.
  expect(said).toEqual({ peer: ends.peer, own: { address: ends.own.address, port: 443 } });
  expect(String(socket.read())).toBe('mine');
});

test.each<[string, number | undefined, boolean, RegExp]>([
  ['another user of this computer', 1_000, false, /not tailscaled/],
  ['somebody whom the system does not know', undefined, false, /not tailscaled/],
  ['a peer whom tailscaled leads to this port', tailscaled, true, /a peer is at its far end/],
])('%s is not believed, whatever they write', async (_, user, isForwarded, why) => {
  const [said] = await told(introduction(ends, ''), user, isForwarded);
  expect(said).toMatch(why);
});

test.each([
  ['no header', Buffer.from('GET / HTTP/1.1\r\n\r\n'), /PROXY header/],
  ['half of one', introduction(ends, '').subarray(0, 20), /ended at once/],
])('%s is refused', async (_, bytes, why) => {
  const [said] = await told(bytes, tailscaled);
  expect(said).toMatch(why);
});

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { dialTailnet } from './outwards.ts';

/** In place of the node's endpoint, of which no answer can be had at will. */
async function endpoint(answer: (socket: Duplex) => void): Promise<{ address: string; secret: string }> {
  const server = createServer();
  const sockets = new Set<Duplex>();
  server.on('connect', (_request, socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    answer(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { address: `127.0.0.1:${String((server.address() as AddressInfo).port)}`, secret: 's' };
}

const target = { host: '10.0.0.1', port: 80 };

test('what limits the making of a connection is over once it is made, and each way ends by itself', async () => {
  const at = await endpoint((socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\nfirst ');
    text(socket).then(
      (all) => socket.end(`then ${all}`),
      () => socket.destroy(),
    );
  });
  const limit = new AbortController();
  const socket = await dialTailnet(at, target, limit.signal);
  limit.abort();
  socket.end('mine');
  expect(await text(socket)).toBe('first then mine');
});

test.each([
  [404, 'elsewhere'],
  [502, 'refused'],
  [504, 'late'],
  [500, 'other'],
])('an answer of %d is told as %s', async (status, failure) => {
  const at = await endpoint((socket) =>
    socket.end(`HTTP/1.1 ${String(status)} Not Connected\r\nContent-Length: 8\r\n\r\nthe word`),
  );
  await expect(dialTailnet(at, target)).rejects.toMatchObject({
    code: 'upstream_failed',
    failure,
    message: expect.stringContaining('10.0.0.1:80') as string,
  });
});

test('one that is not made in time is given up', async () => {
  const asked = Promise.withResolvers<void>();
  const at = await endpoint(() => asked.resolve());
  const limit = new AbortController();
  const dialled = dialTailnet(at, target, limit.signal);
  await asked.promise;
  limit.abort();
  await expect(dialled).rejects.toMatchObject({ failure: 'late' });
});

import { once } from 'node:events';
import { request } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { expect, test } from 'vitest';
import { requestText } from './request-text.ts';

/** What Node's HTTP client sends. */
async function byNode(path: string, headers: string[]): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const outgoing = request({ host: '127.0.0.1', port, path, method: 'GET', headers });
  // It is never answered.
  outgoing.on('error', () => undefined);
  outgoing.end();
  const [socket] = (await once(server, 'connection')) as [Socket];
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  outgoing.destroy();
  await new Promise((resolve) => server.close(resolve));
  return bytes.toString('latin1');
}

const last = ['Connection', 'keep-alive'];

test.each([
  ['/', ['Host', 'w.localhost:8080', ...last]],
  ['/a//b%2F?q=1&q=2', ['host', 'w', 'X-A', '1', 'x-a', '2', 'Cookie', 'a=b; c="d"', ...last]],
  ['/\xe4', ['Host', 'w', 'X-Latin', '\xe4\xff', 'X-Empty', '', 'X-Tab', 'a\tb', ...last]],
  ['/', ['Host', 'w', 'Connection', 'keep-alive, TE', 'TE', 'trailers']],
])('the head for %j is the one that Node writes', async (path, headers) => {
  expect(requestText(path, headers)?.toString('latin1')).toBe(await byNode(path, headers));
});

test.each([
  ['/a b', last],
  ['/\r\nx: y', last],
  ['/\u0100', last],
  ['/', ['X', 'a\r\nb: c']],
  ['/', ['X', 'a\nb']],
  ['/', ['X', '\0']],
  ['/', ['X', '\u0100']],
])('%j with %j is left to Node, which refuses it', (path, headers) => {
  expect(requestText(path, headers)).toBeUndefined();
  expect(() => request({ path, headers: [...headers], agent: false, createConnection: () => undefined })).toThrow();
});

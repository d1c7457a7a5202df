import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { createHttp1Front } from './http1-front.ts';

/** What a server behind the front says to these bytes, and the requests that it was handed. */
async function say(bytes: string): Promise<{ said: string; handed: string[] }> {
  const handed: string[] = [];
  const front = createHttp1Front((request, response) => {
    handed.push(request.url ?? '');
    if (request.url === '/doubtful') response.shouldKeepAlive = false;
    setImmediate(() => response.end('ok'));
  });
  const server = createServer(front.request);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(bytes, 'latin1');
    return { said: await text(socket), handed };
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

const get = (path: string, more = ''): string => `GET ${path} HTTP/1.1\r\nHost: x\r\n${more}\r\n`;

test.each([
  ['requests one after the other', get('/a') + get('/b', 'Connection: close\r\n'), ['/a', '/b']],
  ['nothing after one of which the end is in doubt', get('/doubtful') + get('/b'), ['/doubtful']],
])('%s', async (_what, bytes, wanted) => {
  const { said, handed } = await say(bytes);
  expect(handed).toEqual(wanted);
  expect(said.match(/HTTP\/1\.1 200/g)).toHaveLength(wanted.length);
});

test.each(['GET / HTTP/2.0\r\nHost: x\r\n\r\n', 'GET /\r\n\r\n', 'GET / HTTP/0.9\r\n\r\n'])(
  '%j is another HTTP',
  async (bytes) => {
    const { said, handed } = await say(bytes);
    expect(handed).toEqual([]);
    expect(said).toMatch(/^HTTP\/1\.1 (?:400|505) /);
  },
);

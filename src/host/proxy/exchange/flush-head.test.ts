import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { connect, createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { flushHead } from './flush-head.ts';

/** `é` in Latin-1, and the two bytes of its UTF-8 as one finds them in the names of files. */
const fields = { 'x-latin': 'caf\u00e9', 'content-disposition': 'attachment; filename="caf\u00c3\u00a9.pdf"' };

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

test.each(['GET', 'HEAD'])('the fields of an answer to %s are the bytes that they were', async (method) => {
  const port = await listening(
    createServer((asked, response) => {
      response.writeHead(200, fields);
      flushHead(response);
      // The body comes when the head has arrived, but for an answer that has none.
      if (asked.method === 'HEAD') response.end();
    }),
  );
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.write(`${method} / HTTP/1.1\r\nHost: w\r\n\r\n`);
  const [head] = (await once(socket, 'data')) as [Buffer];
  for (const [name, value] of Object.entries(fields))
    expect(head.toString('latin1')).toContain(`${name}: ${value}\r\n`);
});

test('and those of a request whose body is still to come', async () => {
  const heard = Promise.withResolvers<Buffer>();
  const port = await listening(
    createTcpServer((socket) => void socket.on('error', () => undefined).once('data', heard.resolve)),
  );
  const outgoing = request({
    port,
    host: '127.0.0.1',
    method: 'POST',
    headers: { ...fields, 'transfer-encoding': 'chunked' },
  });
  onTestFinished(() => void outgoing.on('error', () => undefined).destroy());
  flushHead(outgoing);
  const head = (await heard.promise).toString('latin1');
  for (const [name, value] of Object.entries(fields)) expect(head).toContain(`${name}: ${value}\r\n`);
  expect(head.endsWith('\r\n\r\n')).toBe(true);
});

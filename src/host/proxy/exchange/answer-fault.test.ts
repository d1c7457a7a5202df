import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerFault } from './answer-fault.ts';

// What Node's parser says of each, so that its codes are not guessed.
let answer = '';
const server = createServer((socket) => {
  socket.on('error', () => socket.destroy());
  socket.once('data', () => socket.end(answer));
});
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());

async function codeOf(text: string): Promise<string> {
  answer = text;
  const asking = request({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, agent: false });
  const { promise, resolve } = Promise.withResolvers<string>();
  asking.on('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? ''));
  asking.on('response', () => resolve('answered'));
  asking.end();
  return promise;
}

test.each([
  ['as a script around netcat prints it', 'HTTP/1.1 200 OK\nContent-Length: 2\n\nok', 'line feed alone'],
  ['by echo -e with one line feed too many', 'HTTP/1.1 200 OK\r\n\nok', 'line feed alone'],
  ['with a folded field', 'HTTP/1.1 200 OK\r\nX-A: b\r\n c\r\nContent-Length: 2\r\n\r\nok', 'goes on in the next one'],
  ['with a space before the colon', 'HTTP/1.1 200 OK\r\nX-A : b\r\n\r\nok', 'a line of its head is malformed'],
  ['with its length twice', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok', 'its length twice'],
  ['with a length in words', 'HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\nok', 'no number'],
  [
    'with a length and chunks',
    'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n',
    'in chunks',
  ],
  ['with a status of two digits', 'HTTP/1.1 42 OK\r\n\r\n', 'its status'],
])('an answer %s is told as that', async (_how, text, fault) => {
  expect(answerFault(await codeOf(text))).toContain(fault);
});

test.each([
  ['HTML alone', '<html>nothing before</html>'],
  ['another protocol', 'SSH-2.0-OpenSSH_9.2p1\r\n'],
])('%s is no HTTP', async (_what, text) => {
  expect(answerFault(await codeOf(text))).toBeUndefined();
});

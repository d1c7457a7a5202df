import { connect } from 'node:tls';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { startHost } from '#test/host/started-host.ts';
import { clientErrorAnswer } from './client-error.ts';

test.each([
  ['HPE_HEADER_OVERFLOW', '431'],
  ['ERR_HTTP_REQUEST_TIMEOUT', '408'],
  ['HPE_INVALID_METHOD', '400'],
])('%s is a %s', (code, status) => {
  expect(clientErrorAnswer(Object.assign(new Error('x'), { code }))).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
});

test('where there was no request there is no answer', () => {
  expect(clientErrorAnswer(Object.assign(new Error('x'), { code: 'ECONNRESET' }))).toBeUndefined();
});

test('what Node refuses before we see it has a reason and a request id, too', async () => {
  await using host = await startHost();
  const say = async (request: string): Promise<{ head: string; body: unknown }> => {
    const socket = connect({ host: '127.0.0.1', port: host.port, servername: 'localhost', ca: host.ca });
    socket.write(request);
    const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
    return { head, body: JSON.parse(body) };
  };
  const tunnel = await say('CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n');
  expect(tunnel.head).toMatch(/^HTTP\/1\.1 405 [^]*\r\nAllow: /);
  expect(tunnel.body).toMatchObject({ code: 'bad_request', request_id: expect.stringMatching(/^[0-9a-f]{32}$/) });
  const nameless = await say('GET / HTTP/1.1\r\nConnection: close\r\n\r\n');
  expect(nameless.head).toMatch(/^HTTP\/1\.1 400 /);
  expect(nameless.body).toMatchObject({ code: 'bad_request', message: 'The request names no Host.' });
  const long = await say(`GET /${'a'.repeat(70_000)} HTTP/1.1\r\nHost: localhost:${String(host.port)}\r\n\r\n`);
  expect(long.head).toMatch(/^HTTP\/1\.1 431 /);
  expect(long.body).toMatchObject({
    code: 'bad_request',
    message: expect.stringContaining('64 KiB') as string,
    request_id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
  });
  const none = await say('BREW / HTTP/1.1\r\n\r\n');
  expect(none.head).toMatch(/^HTTP\/1\.1 400 /);
});

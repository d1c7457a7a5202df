import { once } from 'node:events';
import { connect, constants, createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import type { ResponseHeaders } from './header-list.ts';
import { keepSingleValues } from './single-values.ts';

test.each<[string, string[], string[]]>([
  ['date', ['Thu, 26 Nov 2026 00:00:00 GMT', 'Thu, 26 Nov 2026 00:00:01 GMT'], ['Thu, 26 Nov 2026 00:00:00 GMT']],
  ['x-content-type-options', ['nosniff', 'nosniff'], ['nosniff']],
  ['etag', ['"a"', '"b"'], ['"a"']],
  ['content-type', ['text/plain', 'text/html'], ['text/html']],
  ['content-encoding', ['br', 'gzip'], ['br, gzip']],
  ['location', ['/a', '/a'], ['/a']],
  ['set-cookie', ['a=1', 'b=2'], ['a=1', 'b=2']],
  ['vary', ['origin', 'cookie'], ['origin', 'cookie']],
  ['x-own', ['1', '1'], ['1', '1']],
  ['etag', ['"a"'], ['"a"']],
])('%s: %j', (name, values, kept) => {
  const headers: ResponseHeaders = { [name]: values };
  expect(keepSingleValues(headers)).toBeUndefined();
  expect(headers).toEqual({ [name]: kept });
});

test('two places to go to are none', () => {
  expect(keepSingleValues({ location: ['/a', '/b'] })).toBe('It named two places to go to.');
});

test('Node sends whatever field is said twice over HTTP/2', async () => {
  // Those that are about the connection or that are counted are settled before.
  const settled = new Set([
    'connection',
    'keep-alive',
    'proxy-connection',
    'proxy-authorization',
    'http2-settings',
    'te',
  ]);
  const names = Object.entries(constants)
    .filter(([constant]) => constant.startsWith('HTTP2_HEADER_'))
    .map(([, name]) => String(name))
    .filter(
      (name) =>
        !name.startsWith(':') &&
        !settled.has(name) &&
        !['content-length', 'transfer-encoding', 'upgrade'].includes(name),
    );
  const server = createServer((request, response) => {
    const headers: ResponseHeaders = { [request.url.slice(1)]: ['1', '1'] };
    keepSingleValues(headers);
    response.writeHead(200, headers).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const session = connect(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  try {
    for (const name of names) {
      const stream = session.request({ ':path': `/${name}` });
      const [answer] = (await once(stream, 'response')) as [Record<string, unknown>];
      expect(answer, name).toHaveProperty([name]);
      stream.close();
    }
  } finally {
    session.destroy();
    server.close();
  }
  expect(names.length).toBeGreaterThan(50);
});

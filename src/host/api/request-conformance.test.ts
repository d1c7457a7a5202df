import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { startFront } from '#test/proxy/front.ts';
import type { Front } from '#test/proxy/front.ts';
import { openRaw } from '#test/proxy/raw-client.ts';
import type { Outcome } from '#test/proxy/raw-client.ts';

// What RFC 9112 says of requests, asked on the wire; a workspace behind us tells how many requests it took them for.

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

interface Heard {
  line: string;
  host: string | undefined;
  body: string;
}

let heard: Heard[] = [];
let arrived = 0;
const workspace = createServer({ maxHeaderSize: 256 * 1024 }, (request, response) => {
  arrived += 1;
  const { method = '', url = '', headers } = request;
  text(request).then(
    (body) => {
      heard.push({ line: `${method} ${url}`, host: headers.host, body });
      response.end('ok');
    },
    // Cut off in the middle: it has heard of no whole request.
    () => response.destroy(),
  );
});
let front: Front;
beforeAll(async () => {
  await new Promise<void>((resolve) => workspace.listen(0, '127.0.0.1', resolve));
  front = await startFront((workspace.address() as AddressInfo).port);
});
afterAll(async () => {
  await front[Symbol.asyncDispose]();
  const closed = new Promise((resolve) => workspace.close(resolve));
  workspace.closeAllConnections();
  await closed;
});
beforeEach(() => {
  heard = [];
  arrived = 0;
});

const host = (): string => `Host: ${front.authority('w')}\r\n`;
const statusOf = (outcome: Outcome): number | string =>
  'head' in outcome && outcome.head !== undefined ? outcome.head.status : outcome.kind;

/** Sends the bytes on a connection of their own; `H` stands for the Host line. */
async function ask(bytes: string): Promise<Outcome> {
  const client = await openRaw(front);
  const outcome = await client.ask({ bytes: Buffer.from(bytes.replace('H\r\n', host()), 'latin1') });
  client.close();
  return outcome;
}

const hidden = 'GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n';
const chunkOf = (body: string): string => `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;

test('a target in absolute form is the same request, and another host than Host is none of ours', async () => {
  const authority = front.authority('w');
  expect(statusOf(await ask(`GET https://${authority}/a//b?x HTTP/1.1\r\nH\r\n\r\n`))).toBe(200);
  expect(heard).toEqual([{ line: 'GET /a//b?x', host: authority, body: '' }]);
  expect(statusOf(await ask('GET https://other.localhost/ HTTP/1.1\r\nH\r\n\r\n'))).toBe(404);
  expect(arrived).toBe(1);
});

describe('one request, passed on as it came', () => {
  test.each<[what: string, bytes: string, line: string, body: string]>([
    ['GET', 'GET /x HTTP/1.1\r\nH\r\n\r\n', 'GET /x', ''],
    ['an empty line before it', '\r\nGET /x HTTP/1.1\r\nH\r\n\r\n', 'GET /x', ''],
    ['a path that is not decoded', 'GET /a%2Fb/%00/../c HTTP/1.1\r\nH\r\n\r\n', 'GET /a%2Fb/%00/../c', ''],
    ['a query that is not ordered', 'GET /?b=2&a=1&&b=1 HTTP/1.1\r\nH\r\n\r\n', 'GET /?b=2&a=1&&b=1', ''],
    ['a backslash', 'GET /\\ HTTP/1.1\r\nH\r\n\r\n', 'GET /\\', ''],
    ['two slashes', 'GET //x//y HTTP/1.1\r\nH\r\n\r\n', 'GET //x//y', ''],
    ['OPTIONS', 'OPTIONS /x HTTP/1.1\r\nH\r\n\r\n', 'OPTIONS /x', ''],
    ['PROPFIND', 'PROPFIND /x HTTP/1.1\r\nH\r\n\r\n', 'PROPFIND /x', ''],
    ['a length', 'POST /x HTTP/1.1\r\nH\r\nContent-Length: 5\r\n\r\nhello', 'POST /x', 'hello'],
    ['a length of 0', 'POST /x HTTP/1.1\r\nH\r\nContent-Length: 0\r\n\r\n', 'POST /x', ''],
    [
      'GET with a length',
      `GET /x HTTP/1.1\r\nH\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`,
      'GET /x',
      hidden,
    ],
    [
      'chunks',
      'POST /x HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
      'POST /x',
      'hello',
    ],
    [
      'chunks with extensions',
      'POST /x HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\n\r\n',
      'POST /x',
      'hello',
    ],
    [
      'chunks and trailers',
      'POST /x HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX: y\r\n\r\n',
      'POST /x',
      'hello',
    ],
    [
      'chunked in capitals',
      'POST /x HTTP/1.1\r\nH\r\nTransfer-Encoding: CHUNKED\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
      'POST /x',
      'hello',
    ],
    ...['GET', 'DELETE', 'OPTIONS', 'PUT', 'PATCH', 'POST'].map<[string, string, string, string]>((method) => [
      `${method} in chunks that read as a request`,
      `${method} /x HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n${chunkOf(hidden)}`,
      `${method} /x`,
      hidden,
    ]),
    ['Connection: host', 'GET /x HTTP/1.1\r\nH\r\nConnection: host\r\n\r\n', 'GET /x', ''],
    ['Connection: x-a', 'GET /x HTTP/1.1\r\nH\r\nConnection: x-a\r\nX-A: b\r\n\r\n', 'GET /x', ''],
    [
      'an offer of HTTP/2',
      'GET /x HTTP/1.1\r\nH\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n',
      'GET /x',
      '',
    ],
    ['HTTP/1.0', 'GET /x HTTP/1.0\r\nH\r\n\r\n', 'GET /x', ''],
    ['a header of 30 KB', `GET /x HTTP/1.1\r\nH\r\nX: ${'a'.repeat(30_000)}\r\n\r\n`, 'GET /x', ''],
    ['a path of 30 KB', `GET /${'a'.repeat(30_000)} HTTP/1.1\r\nH\r\n\r\n`, `GET /${'a'.repeat(30_000)}`, ''],
  ])('%s', async (_what, bytes, line, body) => {
    expect(statusOf(await ask(bytes))).toBe(200);
    expect(heard).toEqual([{ line, host: front.authority('w'), body }]);
  });
});

describe('refused before a workspace hears of it', () => {
  const post = (fields: string, body = 'hello'): string => `POST /x HTTP/1.1\r\nH\r\n${fields}\r\n\r\n${body}`;
  const get = (fields: string): string => `GET /x HTTP/1.1\r\nH\r\n${fields}\r\n\r\n`;
  const inChunks = (coding: string): string => post(`Transfer-Encoding: ${coding}`, '5\r\nhello\r\n0\r\n\r\n');

  test.each<[what: string, bytes: string, status?: number]>([
    ['a length and chunks', post('Content-Length: 5\r\nTransfer-Encoding: chunked', '0\r\n\r\n')],
    ['chunks and a length', post('Transfer-Encoding: chunked\r\nContent-Length: 5', '0\r\n\r\n')],
    ['two lengths', post('Content-Length: 5\r\nContent-Length: 0')],
    ['the same length twice', post('Content-Length: 5\r\nContent-Length: 5')],
    ['a list of lengths', post('Content-Length: 5, 5')],
    ['a length with a plus', post('Content-Length: +5')],
    ['a negative length', post('Content-Length: -5')],
    ['a hexadecimal length', post('Content-Length: 0x5')],
    ['a length with a space', post('Content-Length: 5 5')],
    ['a length beyond 64 bits', post('Content-Length: 99999999999999999999999')],
    ['an empty length', post('Content-Length:')],
    ['a coding that is none', inChunks('xchunked')],
    ['another coding', inChunks('gzip')],
    ['another coding before chunked', inChunks('gzip, chunked')],
    ['chunked before another', inChunks('chunked, gzip')],
    ['chunked twice', inChunks('chunked, chunked')],
    ['chunked in two lines', inChunks('chunked\r\nTransfer-Encoding: chunked')],
    ['identity beside chunked', inChunks('identity\r\nTransfer-Encoding: chunked')],
    ['a control character before chunked', inChunks('\x0bchunked')],
    ['a quoted coding', inChunks('"chunked"')],
    ['a space before the colon of a coding', post('Transfer-Encoding : chunked', '0\r\n\r\n')],
    ['a space before the colon of a length', post('Content-Length : 5')],
    ['a space before any colon', get('X-A : b')],
    ['a name with a space', get('X A: b')],
    ['a name that is none', get('X(A): b')],
    ['an empty name', get(': b')],
    ['a line without a colon', get('X-A')],
    ['a folded line', get('X-A: b\r\n c')],
    ['a folded line at first', 'GET /x HTTP/1.1\r\n X: y\r\nH\r\n\r\n'],
    ['NUL in a value', get('X-A: b\x00c')],
    ['a bare CR in a value', get('X-A: b\rX-B: c')],
    ['a bare LF in a value', get('X-A: b\nTransfer-Encoding: chunked')],
    ['lines that end with LF alone', 'GET /x HTTP/1.1\nH\r\n\n'],
    ['two Hosts', get('Host: other.localhost')],
    ['no Host', 'GET /x HTTP/1.1\r\n\r\n'],
    ['an empty Host', 'GET /x HTTP/1.1\r\nHost:\r\n\r\n'],
    ['a Host with a path', 'GET /x HTTP/1.1\r\nHost: w.localhost/x\r\n\r\n'],
    ['a Host with a user', 'GET /x HTTP/1.1\r\nHost: a@w.localhost\r\n\r\n'],
    ['a list of Hosts', 'GET /x HTTP/1.1\r\nHost: w.localhost, x\r\n\r\n'],
    ['Connection: content-length', post('Content-Length: 5\r\nConnection: content-length')],
    [
      'Connection: transfer-encoding',
      post('Transfer-Encoding: chunked\r\nConnection: close, Transfer-Encoding', '0\r\n\r\n'),
    ],
    ['a method that is none', 'G T /x HTTP/1.1\r\nH\r\n\r\n'],
    ['a method in small letters', 'get /x HTTP/1.1\r\nH\r\n\r\n'],
    ['an unknown method', 'GNATS /x HTTP/1.1\r\nH\r\n\r\n'],
    ['no version (HTTP/0.9)', 'GET /x\r\n\r\n'],
    ['version 1.2', 'GET /x HTTP/1.2\r\nH\r\n\r\n'],
    ['version 2.0', 'GET /x HTTP/2.0\r\nH\r\n\r\n'],
    ['version 1.10', 'GET /x HTTP/1.10\r\nH\r\n\r\n'],
    ['a version in small letters', 'GET /x http/1.1\r\nH\r\n\r\n'],
    ['a tab after the method', 'GET\t/x HTTP/1.1\r\nH\r\n\r\n'],
    ['a target that is no path', 'GET x HTTP/1.1\r\nH\r\n\r\n'],
    ['a target with NUL', 'GET /\x00 HTTP/1.1\r\nH\r\n\r\n'],
    ['a target with a control character', 'GET /\x01 HTTP/1.1\r\nH\r\n\r\n'],
    ['a header of 100 KB', get(`X-A: ${'a'.repeat(100_000)}`), 431],
    ['a path of 100 KB', `GET /${'a'.repeat(100_000)} HTTP/1.1\r\nH\r\n\r\n`, 431],
    ['garbage', '\x00\x01\x02\x03\r\n\r\n'],
    ['an HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ])('%s', async (_what, bytes, status) => {
    const outcome = await ask(bytes);
    const seen = statusOf(outcome);
    if (status === undefined) expect(typeof seen === 'number' ? seen >= 400 && seen < 600 : seen).toBe(true);
    else expect(seen).toBe(status);
    expect([heard, arrived]).toEqual([[], 0]);
  });
});

describe('a body that turns out wrong', () => {
  test.each([
    ['a chunk size that is none', '5\r\nhello\r\nzz\r\n'],
    ['a negative chunk size', '5\r\nhello\r\n-1\r\n'],
    ['a chunk that is longer than it says', '1\r\nhello\r\n0\r\n\r\n'],
    ['a bare LF after a chunk size', '5\nhello\r\n0\r\n\r\n'],
    ['a chunk size beyond 64 bits', 'fffffffffffffffff\r\nhello\r\n0\r\n\r\n'],
  ])('%s never becomes a request', async (_what, body) => {
    const seen = statusOf(await ask(`POST /x HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n${body}${hidden}`));
    expect(seen).not.toBe(200);
    const well = await ask('GET /well HTTP/1.1\r\nH\r\n\r\n');
    expect([statusOf(well), heard.map(({ line }) => line)]).toEqual([200, ['GET /well']]);
  });
});

test('requests on one connection are answered in their order', async () => {
  const client = await openRaw(front);
  const second = `POST /2 HTTP/1.1\r\n${host()}Content-Length: 2\r\n\r\nhi`;
  const first = await client.ask({ bytes: `GET /1 HTTP/1.1\r\n${host()}\r\n${second}` });
  const next = await client.ask({ bytes: '' });
  client.close();
  expect([statusOf(first), statusOf(next), heard.map(({ line }) => line)]).toEqual([200, 200, ['GET /1', 'POST /2']]);
});

test('a client that waits for "100 Continue" gets it', async () => {
  const client = await openRaw(front);
  client.socket.write(`POST /x HTTP/1.1\r\n${host()}Content-Length: 5\r\nExpect: 100-continue\r\n\r\n`);
  await waitUntil(() => Promise.resolve(client.rest.toString().startsWith('HTTP/1.1 100 ')), {
    what: 'the interim answer',
    timeoutMs: 10_000,
  });
  const outcome = await client.ask({ bytes: 'hello' });
  client.close();
  expect([statusOf(outcome), heard[0]?.body]).toEqual([200, 'hello']);
});

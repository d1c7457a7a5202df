import { expect, test } from 'vitest';
import { witnessedHead, witnessRequest } from './witnessed-head.ts';

test('the same request is asked for, and its answer ends with the connection', () => {
  const request = witnessRequest('/x?a=%2F', ['Host', 'w.localhost', 'Connection', 'keep-alive', 'Cookie', 'a=b']);
  expect(request).toBe('GET /x?a=%2F HTTP/1.0\r\nHost: w.localhost\r\nCookie: a=b\r\nConnection: close\r\n\r\n');
});

test('a head is read as every answer’s is', () => {
  const text = 'HTTP/1.1 200 OK\r\nCache-Control: public, max-age=60\r\nX-A: 1\r\nx-a:  2 \r\nConnection: close\r';
  expect(witnessedHead(text)).toMatchObject({
    status: 200,
    headers: { 'cache-control': ['public, max-age=60'], 'x-a': ['1', '2'] },
  });
  expect(witnessedHead(text)?.headers['connection']).toBeUndefined();
});

test.each([
  '',
  'HTTP/1.1 20 OK',
  'HTTP/2 200',
  'no answer',
  'HTTP/1.1 200 OK\r\nno header',
  'HTTP/1.1 200 OK\r\n folded: x',
  'HTTP/1.1 200 OK\r\na b: x',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked',
  'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2',
  'HTTP/1.1 101 Switching\r\nUpgrade: x',
  'HTTP/1.1 200 OK\r\nX: a\0b',
])('%j is none', (text) => {
  expect(witnessedHead(text)).toBeUndefined();
});

import { expect, test } from 'vitest';
import { readResponse } from './strict-response.ts';

const read = (text: string, options = {}) => readResponse(Buffer.from(text, 'latin1'), { ended: true, ...options });

test.each([
  ['a length', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok', 'ok'],
  ['chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n1\r\nk\r\n0\r\nX-T: 1\r\n\r\n', 'ok'],
  ['the end of the connection', 'HTTP/1.1 200 \r\n\r\nok', 'ok'],
  ['an interim answer before it', 'HTTP/1.1 103 Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok', 'ok'],
  ['none', 'HTTP/1.1 204 No Content\r\n\r\n', ''],
])('an answer with %s is read', (_what, text, body) => {
  const reading = read(text);
  expect(reading.kind === 'complete' ? String(reading.body) : reading).toBe(body);
});

test.each([
  ['a status that is none', 'HTTP/1.1 099 X\r\n\r\n'],
  ['a status beyond 599', 'HTTP/1.1 600 X\r\n\r\n'],
  ['another version', 'HTTP/1.0 200 OK\r\n\r\n'],
  ['a control character in the reason', 'HTTP/1.1 200 O\x01K\r\n\r\n'],
  ['a name with a space', 'HTTP/1.1 200 OK\r\nX A: b\r\n\r\n'],
  ['a folded line', 'HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n'],
  ['a bare CR', 'HTTP/1.1 200 OK\r\nX: a\rb\r\n\r\n'],
  ['a bare LF', 'HTTP/1.1 200 OK\r\nX: a\nb\r\n\r\n'],
  ['two framings', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n'],
  ['a coding but chunked', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n'],
  ['a length in a 204', 'HTTP/1.1 204 X\r\nContent-Length: 2\r\n\r\n'],
  ['a 101 that nobody asked for', 'HTTP/1.1 101 X\r\n\r\n'],
  ['a chunk size that is none', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
  ['a chunk without its end', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc'],
  ['a forbidden trailer', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nHost: x\r\n\r\n'],
])('%s is malformed', (_what, text) => {
  expect(read(text).kind).toBe('malformed');
});

test.each([
  ['headers', 'HTTP/1.1 200 OK\r\nX: '],
  ['its length', 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok'],
  ['its last chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n'],
])('an answer without the end of %s is not complete', (_what, text) => {
  expect(read(text).kind).toBe('incomplete');
});

test('HEAD has no body, and what follows is the next answer', () => {
  const text = 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n';
  expect(read(`${text}HTTP/1.1`, { head: true })).toMatchObject({ kind: 'complete', length: text.length });
});

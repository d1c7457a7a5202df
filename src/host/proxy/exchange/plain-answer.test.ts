import { describe, expect, test } from 'vitest';
import { keptSecondsOf, plainAnswer } from './plain-answer.ts';

const usual = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok';

function read(text: string) {
  return plainAnswer(Buffer.from(text, 'latin1'));
}

test('a whole answer is read, names in lower case and values in their order', () => {
  const answer = read('HTTP/1.1 404 Not There\r\nX-A: 1\r\nx-a:2\r\nX-Empty: \r\nContent-Length: 3\r\n\r\na\r\n');
  expect(answer).toEqual({
    answered: {
      statusCode: 404,
      statusMessage: 'Not There',
      headersDistinct: { 'x-a': ['1', '2'], 'x-empty': [''], 'content-length': ['3'] },
    },
    body: Buffer.from('a\r\n'),
    keptSeconds: undefined,
  });
});

test.each([
  ['no reason', usual.replace(' OK', '')],
  ['an empty reason', usual.replace('OK', '')],
  ['an empty body', 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'],
  ['a connection that is kept', usual.replace('Content-Type: text/plain', 'Connection: Keep-Alive')],
])('%s is plain', (_what, text) => {
  expect(read(text)?.body.toString()).toBe(text.slice(text.indexOf('\r\n\r\n') + 4));
});

describe('is left to the parser:', () => {
  test.each([
    ['a head that is not whole', usual.slice(0, 40)],
    ['a body that is not whole', usual.slice(0, -1)],
    ['bytes behind the body', `${usual}x`],
    ['a second answer behind it', usual + usual],
    ['HTTP/1.0', usual.replace('HTTP/1.1', 'HTTP/1.0')],
    ['another protocol', usual.replace('HTTP/1.1', 'ICY')],
    ['an interim answer', `HTTP/1.1 100 Continue\r\n\r\n${usual}`],
    ['a change of protocols', usual.replace('200 OK', '101 Switching Protocols')],
    ['204, which has no body', usual.replace('200 OK', '204 No Content')],
    ['304, which has none either', usual.replace('200 OK', '304 Not Modified')],
    ['a status of four digits', usual.replace('200', '2000')],
    ['two spaces before the status', usual.replace(' 200', '  200')],
    ['no length', usual.replace('Content-Length: 2\r\n', '')],
    ['two lengths', usual.replace('Content-Length: 2', 'Content-Length: 2\r\nContent-Length: 2')],
    ['a list of lengths', usual.replace('Content-Length: 2', 'Content-Length: 2, 2')],
    ['a signed length', usual.replace('Content-Length: 2', 'Content-Length: +2')],
    ['a length with zeros before it', usual.replace('Content-Length: 2', 'Content-Length: 02')],
    ['a hexadecimal length', usual.replace('Content-Length: 2', 'Content-Length: 0x2')],
    ['chunks', usual.replace('Content-Type: text/plain', 'Transfer-Encoding: chunked')],
    ['chunks that are not called so', usual.replace('Content-Type: text/plain', 'Transfer-Encoding: identity')],
    ['an end of the connection', usual.replace('Content-Type: text/plain', 'Connection: close')],
    ['what Connection names', usual.replace('Content-Type: text/plain', 'Connection: keep-alive, x-a')],
    ['an upgrade', usual.replace('Content-Type: text/plain', 'Upgrade: h2c')],
    ['a space before the colon', usual.replace('Content-Length:', 'Content-Length :')],
    ['two spaces after the colon', usual.replace('Content-Length: 2', 'Content-Length:  2')],
    ['a space after the value', usual.replace('text/plain', 'text/plain ')],
    ['a line without a colon', usual.replace('Content-Type: text/plain', 'Content-Type')],
    ['a line without a name', usual.replace('Content-Type: text/plain', ': x')],
    ['a folded line', usual.replace('text/plain', 'text/plain;\r\n charset=x')],
    ['a line that ends with LF alone', usual.replace('text/plain\r\n', 'text/plain\n')],
    ['a CR in a value', usual.replace('text/plain', 'text\r/plain')],
    ['a NUL in a value', usual.replace('text/plain', 'text\0/plain')],
    ['a tab in a value', usual.replace('text/plain', 'text\t/plain')],
    ['what is no ASCII', usual.replace('text/plain', 'text/pläin')],
    ['lines before the status', `\r\n${usual}`],
    ['many fields', usual.replace('Content-Type: text/plain', `${'x: y\r\n'.repeat(64)}z: y`)],
    ['a long head', usual.replace('text/plain', 'x'.repeat(9_000))],
  ])('%s', (_what, text) => {
    expect(read(text)).toBeUndefined();
  });
});

test.each([
  [undefined, undefined],
  ['timeout=5', 5],
  ['timeout=5, max=100', 5],
  ['max=100, timeout=75', 75],
  ['max=100', undefined],
  ['xtimeout=5', undefined],
  ['timeout=5s', undefined],
  ['timeout=0', 0],
])('Keep-Alive %j is %j seconds', (value, seconds) => {
  expect(keptSecondsOf(value)).toBe(seconds);
});

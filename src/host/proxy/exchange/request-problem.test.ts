import { expect, test } from 'vitest';
import { requestProblem } from './request-problem.ts';

const plain = ['Host', 'cs.localhost'];

test.each<[string, string[], string | undefined]>([
  ['nothing unusual', plain, undefined],
  ['keep-alive', [...plain, 'Connection', 'keep-alive, X-Own'], undefined],
  ['a chunked body', [...plain, 'Transfer-Encoding', 'Chunked'], undefined],
  ['a length', [...plain, 'Content-Length', '5'], undefined],
  ["HTTP/2's pseudo headers", [':authority', 'a', ':path', '/'], undefined],
  ['Connection names Host', [...plain, 'Connection', 'host'], undefined],
  ['two hosts', [...plain, 'host', 'other.localhost'], 'bad_request'],
  ['two equal hosts', [...plain, 'Host', 'cs.localhost'], 'bad_request'],
  ['Connection names the length', [...plain, 'Content-Length', '5', 'Connection', 'Content-Length'], 'bad_request'],
  ['Connection names the coding', [...plain, 'connection', 'close, TRANSFER-ENCODING'], 'bad_request'],
  ['two lengths', [...plain, 'Content-Length', '5', 'content-length', '5'], 'bad_request'],
  ['length and coding', [...plain, 'Content-Length', '5', 'Transfer-Encoding', 'chunked'], 'bad_request'],
  ['another coding', [...plain, 'Transfer-Encoding', 'gzip, chunked'], 'unsupported'],
  ['chunked twice', [...plain, 'Transfer-Encoding', 'chunked', 'Transfer-Encoding', 'chunked'], 'unsupported'],
])('%s', (_what, raw, code) => {
  expect(requestProblem(raw)?.code).toBe(code);
});

import { expect, test } from 'vitest';
import { answerHead } from './answer-head.ts';

const lists = (headers: Record<string, string[]>): NodeJS.Dict<string[]> =>
  Object.assign(Object.create(null) as NodeJS.Dict<string[]>, headers);
const head = (statusCode: number, headers: Record<string, string[]> = {}, statusMessage = 'OK') =>
  answerHead({ statusCode, statusMessage, headersDistinct: lists(headers) });

test.each([
  [0, /Status|status/],
  [99, /status 99/],
  [100, /status 100/],
  [101, /changed the protocol/],
  [199, /status 199/],
  [407, /proxy/],
  [600, /status 600/],
  [999, /status 999/],
])('status %i is refused', (status, why) => {
  expect(head(status)).toMatch(why);
});

test.each([200, 204, 226, 299, 301, 304, 404, 418, 451, 500, 599])('status %i goes on', (status) => {
  expect(head(status)).toMatchObject({ status });
});

test.each([
  ['OK', 'OK'],
  ['Fine by me', 'Fine by me'],
  ['', undefined],
  ['O\u0001K', undefined],
  ['O\r\nK', undefined],
  ['x'.repeat(201), undefined],
  ['caf\u00e9', 'caf\u00e9'],
])('reason %j', (said, kept) => {
  expect(head(200, {}, said)).toMatchObject({ reason: kept });
});

test.each<[string, Record<string, string[]>, Record<string, string[]>]>([
  [
    'repetitions stay',
    { 'x-a': ['1', '2'], 'set-cookie': ['a=1', 'b=2'] },
    { 'x-a': ['1', '2'], 'set-cookie': ['a=1', 'b=2'] },
  ],
  [
    'hop-by-hop names and what Connection names go',
    {
      connection: ['X-Own, keep-alive, Set-Cookie'],
      'x-own': ['1'],
      'keep-alive': ['x'],
      trailer: ['y'],
      te: ['z'],
      upgrade: ['h2c'],
      'set-cookie': ['a=1'],
    },
    { 'set-cookie': ['a=1'] },
  ],
  ['a chunked answer has no length', { 'transfer-encoding': ['chunked'], 'content-length': ['5'] }, {}],
  ['equal lengths are one', { 'content-length': ['5', '5'] }, { 'content-length': ['5'] }],
  ['what has one value is said once', { date: ['a', 'b'], etag: ['"a"', '"b"'] }, { date: ['a'], etag: ['"a"'] }],
  ['a proxy’s question is not asked', { 'proxy-authenticate': ['Basic'] }, {}],
])('%s', (_what, headers, kept) => {
  const answer = head(200, headers);
  if (typeof answer === 'string') throw new Error(answer);
  expect({ ...answer.headers }).toEqual(kept);
});

test.each<[string, Record<string, string[]>]>([
  ['two lengths', { 'content-length': ['5', '6'] }],
  ['a length that is none', { 'content-length': ['+5'] }],
  ['two places to go to', { location: ['/a', '/b'] }],
  ['another coding', { 'transfer-encoding': ['gzip, chunked'] }],
  ['chunked twice', { 'transfer-encoding': ['chunked', 'chunked'] }],
  ['a control character', { 'x-a': ['a\u0000b'] }],
  ['a line break', { location: ['/x\r\nSet-Cookie: a=b'] }],
  ['a name that is none', { 'x a': ['1'] }],
])('%s is refused', (_what, headers) => {
  expect(head(200, headers)).toEqual(expect.any(String));
});

test('204 has no length', () => {
  expect(head(204, { 'content-length': ['0'] })).toMatchObject({ headers: {} });
});

test('a header called __proto__ is a header', () => {
  const answer = head(200, JSON.parse('{"__proto__":["x"]}') as Record<string, string[]>);
  if (typeof answer === 'string') throw new Error(answer);
  expect(Object.getPrototypeOf(answer.headers)).toBeNull();
});

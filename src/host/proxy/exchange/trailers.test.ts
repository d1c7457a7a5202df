import { expect, test } from 'vitest';
import { sentTrailers } from './trailers.ts';

test.each<[string, string[], Record<string, string[]> | undefined]>([
  ['none', [], undefined],
  [
    'what comes after a body',
    ['Grpc-Status', '0', 'X-Sum', 'a', 'x-sum', 'b'],
    { 'grpc-status': ['0'], 'x-sum': ['a', 'b'] },
  ],
  [
    'what must come before it',
    ['Content-Length', '5', 'Set-Cookie', 'a=b', 'Host', 'x', 'Transfer-Encoding', 'chunked'],
    undefined,
  ],
  ['what has one value', ['ETag', '"a"', 'ETag', '"b"', 'Date', 'x'], { etag: ['"a"'], date: ['x'] }],
  ['what is malformed', ['X-A', 'a\u0001b', 'X-B', 'c'], { 'x-b': ['c'] }],
])('%s', (_what, raw, sent) => {
  const trailers = sentTrailers(raw);
  expect(trailers === undefined ? undefined : { ...trailers }).toEqual(sent);
});

test('no more than can be meant', () => {
  const raw = Array.from({ length: 500 }, (_, index) => [`X-${String(index)}`, '1']).flat();
  expect(Object.keys(sentTrailers(raw) ?? {})).toHaveLength(64);
});

import { expect, test } from 'vitest';
import { parsePortPair } from './forward-argument.ts';

test.each([
  ['5432', { local: 5432, port: 5432 }],
  ['8080:80', { local: 8080, port: 80 }],
  ['0:5432', { local: 0, port: 5432 }],
  [':5432', { local: 0, port: 5432 }],
  ['65535:1', { local: 65_535, port: 1 }],
])('%s is %j', (text, pair) => {
  expect(parsePortPair(text)).toEqual(pair);
});

test.each(['', '0', ':', '80:', '80:0', '65536', '65536:80', '80:65536', '1:2:3', 'http', '-1', '80 ', ' 80', '١٢'])(
  '%j is none',
  (text) => {
    expect(() => parsePortPair(text)).toThrow('Write a port');
  },
);

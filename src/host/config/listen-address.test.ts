import { expect, test } from 'vitest';
import { parseListenAddress } from './listen-address.ts';

test.each([
  ['127.0.0.1:8080', { host: '127.0.0.1', port: 8080 }],
  ['localhost:0', { host: 'localhost', port: 0 }],
  ['[::1]:443', { host: '::1', port: 443 }],
  [':8080', { host: '0.0.0.0', port: 8080 }],
  ['9000', { host: '127.0.0.1', port: 9000 }],
])('%s', (text, address) => {
  expect(parseListenAddress(text)).toEqual(address);
});

test.each(['', 'localhost', '127.0.0.1:http', '::1:8080', '127.0.0.1:70000', 'a b:1'])(
  '"%s" is refused in words',
  (text) => {
    expect(parseListenAddress(text)).toBeTypeOf('string');
  },
);

import { expect, test } from 'vitest';
import { certificateNames } from './certificate-names.ts';

test.each([
  [['localhost,127.0.0.1,::1'], ['localhost', '127.0.0.1', '::1']],
  [
    ['Laptop.Tail.ts.net', '100.64.0.7'],
    ['laptop.tail.ts.net', '100.64.0.7'],
  ],
  [['a, a ,[fd7a::1]'], ['a', 'fd7a::1']],
])('%j are %j', (given, expected) => {
  expect(certificateNames(given)).toEqual(expected);
});

test.each([[['']], [['a,,b']], [['*.example']], [['https://a']], [['a b']], [['-a']], [[`${'a'.repeat(64)}.b`]]])(
  '%j is refused',
  (given) => {
    expect(() => certificateNames(given)).toThrow(/is neither a host name nor an address/);
  },
);

import { expect, test } from 'vitest';
import { readClaims, signClaims } from './session-value.ts';
import type { Claims } from './session-value.ts';

const key = 'k'.repeat(43);
const claims: Claims = { for: { workspace: 'cs-12345' }, session: 's'.repeat(22), expires: 2_000_000_000, user: 1000 };

test('what is signed is read back, and only with the same key', () => {
  const value = signClaims(claims, key);
  // Nothing that a cookie may not hold (RFC 6265, 4.1.1).
  expect(value).toMatch(/^[\w-]+\.[\w-]+$/);
  expect(readClaims(value, key)).toEqual(claims);
  expect(readClaims(value, 'x'.repeat(43))).toBeUndefined();
});

test('every changed character is found', () => {
  const value = signClaims(claims, key);
  for (let at = 0; at < value.length; at += 1) {
    const changed = `${value.slice(0, at)}${value[at] === 'A' ? 'B' : 'A'}${value.slice(at + 1)}`;
    // The last character of base64url has bits that say nothing; the text still differs.
    expect(readClaims(changed, key)).toBeUndefined();
  }
});

test.each([[''], ['.'], ['a'], ['a.b'], ['a.b.c'], [`${signClaims(claims, key)}.x`], ['x'.repeat(100_000)]])(
  '%s is nothing',
  (value) => {
    expect(readClaims(value, key)).toBeUndefined();
  },
);

import { expect, test } from 'vitest';
import { isReservedCookie, rewriteSetCookie } from './set-cookie.ts';

const program = { prefix: '', context: 'program' } as const;
const path = { prefix: '/proxy/server/cs-12345', context: 'program' } as const;
const always = 'Secure; SameSite=None; Partitioned';

test.each([
  ['a=b', `a=b; ${always}`, `a=b; ${always}`],
  ['a=b; Path=/', `a=b; Path=/; ${always}`, `a=b; Path=/proxy/server/cs-12345/; ${always}`],
  [
    'a=b; path=/x; HttpOnly; Max-Age=5',
    `a=b; HttpOnly; Max-Age=5; Path=/x; ${always}`,
    `a=b; HttpOnly; Max-Age=5; Path=/proxy/server/cs-12345/x; ${always}`,
  ],
  ['a=b; Domain=localhost; SameSite=Strict; Secure', `a=b; ${always}`, `a=b; ${always}`],
  ['a=b;domain=.example.com;partitioned;samesite=lax;', `a=b; ${always}`, `a=b; ${always}`],
  ['a=b; Path=x', `a=b; ${always}`, `a=b; ${always}`],
  ['a=b; Path=/x; Path=/y', `a=b; Path=/y; ${always}`, `a=b; Path=/proxy/server/cs-12345/y; ${always}`],
  [
    'a=b=c; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
    `a=b=c; Expires=Thu, 01 Jan 1970 00:00:00 GMT; ${always}`,
    `a=b=c; Expires=Thu, 01 Jan 1970 00:00:00 GMT; ${always}`,
  ],
  ['__Host-a=b; Path=/; Secure', `__Host-a=b; Path=/; ${always}`, `__Host-a=b; Path=/; ${always}`],
  ['__Secure-a=b', `__Secure-a=b; ${always}`, `__Secure-a=b; ${always}`],
  [
    'a=b; Path=/proxy/server/cs-12345/x',
    `a=b; Path=/proxy/server/cs-12345/x; ${always}`,
    `a=b; Path=/proxy/server/cs-12345/x; ${always}`,
  ],
  ['flag', `flag; ${always}`, `flag; ${always}`],
])('Set-Cookie %s', (cookie, onOrigin, onPath) => {
  expect(rewriteSetCookie(cookie, program)).toBe(onOrigin);
  expect(rewriteSetCookie(cookie, path)).toBe(onPath);
});

test.each([
  ['program', true],
  ['frame', true],
  ['framed', true],
  // Its script's cookies are in the common jar: a partitioned one would be a second of that name.
  ['tab', false],
] as const)('%s: partitioned is %s', (context, partitioned) => {
  const cookie = rewriteSetCookie('a=b; Partitioned', { prefix: '', context });
  expect(cookie).toBe(partitioned ? `a=b; ${always}` : 'a=b; Secure; SameSite=None');
});

test.each([
  ['one of ours', 'guildnet=x'],
  ['in any case', 'GuildNet_Session=x'],
  ['with a prefix', '__Host-guildnet-session=x; Path=/; Secure'],
  ['with another', '__secure-guildnet=x'],
  ['with several', '__Host-Http-guildnet=x'],
  ['with blanks around', '  __Host-guildnet  = x'],
  ['by a value without a name', '=__Host-guildnet-session=x'],
  ['by a value alone', 'guildnet-session'],
  ['without anything', '=; Path=/'],
  ['a line break', 'a=b\r\nSet-Cookie: c=d'],
  ['a line break in an attribute', 'a=b; Path=/\nX: y'],
  ['a NUL', 'a=b\u0000c'],
  ['a control character in its name', 'a\u0007=b'],
  ['longer than browsers keep', `a=${'x'.repeat(4_096)}`],
])('refused: %s', (_what, cookie) => {
  expect(rewriteSetCookie(cookie, program)).toBeUndefined();
});

test('names that only look like ours are the workspace’s', () => {
  expect(isReservedCookie('my-guildnet')).toBe(false);
  expect(isReservedCookie('__Host-x')).toBe(false);
  expect(isReservedCookie('__Host-guildnet-frame')).toBe(true);
});

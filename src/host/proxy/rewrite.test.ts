import type { IncomingHttpHeaders } from 'node:http';
import { expect, test } from 'vitest';
import { rewriteLocation, rewriteResponseHeaders, rewriteSetCookie } from './rewrite.ts';

const origin = {
  publicOrigin: 'https://cs-12345.localhost:8080',
  prefix: '',
  ownAuthorities: ['localhost:8080', '127.0.0.1:8080', '10.1.2.3:8080'],
};
const path = { ...origin, publicOrigin: 'https://localhost:9999', prefix: '/proxy/server/cs-12345' };

test.each([
  ['/login?to=%2F', '/login?to=%2F', '/proxy/server/cs-12345/login?to=%2F'],
  ['./login', './login', './login'],
  ['?x=1', '?x=1', '?x=1'],
  ['', '', ''],
  [
    'http://localhost:8080/a//b%2F?q',
    'https://cs-12345.localhost:8080/a//b%2F?q',
    'https://localhost:9999/proxy/server/cs-12345/a//b%2F?q',
  ],
  ['http://10.1.2.3:8080', 'https://cs-12345.localhost:8080/', 'https://localhost:9999/proxy/server/cs-12345/'],
  ['http://127.0.0.1:8080?x', 'https://cs-12345.localhost:8080/?x', 'https://localhost:9999/proxy/server/cs-12345/?x'],
  ['//LOCALHOST:8080/x', 'https://cs-12345.localhost:8080/x', 'https://localhost:9999/proxy/server/cs-12345/x'],
  ['https://github.com/login', 'https://github.com/login', 'https://github.com/login'],
  ['http://localhost:3000/', 'http://localhost:3000/', 'http://localhost:3000/'],
])('Location %s', (location, onOrigin, onPath) => {
  expect(rewriteLocation(location, origin)).toBe(onOrigin);
  expect(rewriteLocation(location, path)).toBe(onPath);
});

test('what names us by our public origin keeps it, with http made https, and no prefix twice', () => {
  expect(rewriteLocation('http://cs-12345.localhost:8080/x', origin)).toBe('https://cs-12345.localhost:8080/x');
  expect(rewriteLocation('https://localhost:9999/proxy/server/cs-12345/x', path)).toBe(
    'https://localhost:9999/proxy/server/cs-12345/x',
  );
});

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
  [
    'a=b=c; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
    `a=b=c; Expires=Thu, 01 Jan 1970 00:00:00 GMT; ${always}`,
    `a=b=c; Expires=Thu, 01 Jan 1970 00:00:00 GMT; ${always}`,
  ],
  ['__Host-a=b; Path=/; Secure', `__Host-a=b; Path=/; ${always}`, `__Host-a=b; Path=/; ${always}`],
  [
    'a=b; Path=/proxy/server/cs-12345/x',
    `a=b; Path=/proxy/server/cs-12345/x; ${always}`,
    `a=b; Path=/proxy/server/cs-12345/x; ${always}`,
  ],
])('Set-Cookie %s', (cookie, onOrigin, onPath) => {
  expect(rewriteSetCookie(cookie, origin)).toBe(onOrigin);
  expect(rewriteSetCookie(cookie, path)).toBe(onPath);
});

test('headers that act beyond the workspace are dropped, the rest is left', () => {
  const headers: IncomingHttpHeaders = {
    'clear-site-data': '"*"',
    'strict-transport-security': 'max-age=1',
    'alt-svc': 'h3=":443"',
    etag: '"x"',
    location: '/x',
    'set-cookie': ['a=b', 'c=d'],
  };
  rewriteResponseHeaders(headers, path);
  expect(headers).toEqual({
    etag: '"x"',
    location: '/proxy/server/cs-12345/x',
    'set-cookie': [`a=b; ${always}`, `c=d; ${always}`],
  });
});

import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { podProxyHeaders } from './pod-proxy-headers.ts';
import { asAsked, podProxyPrefix, staysBelow, withoutPrefix } from './pod-proxy-path.ts';
import { removing } from './removing.ts';

const target = { namespace: 'n', pod: 'p-0', port: 8080 };
const prefix = '/api/v1/namespaces/n/pods/p-0:8080/proxy';

test('a port is at its own place, by its scheme', () => {
  expect(podProxyPrefix(target, 'http')).toBe(prefix);
  expect(podProxyPrefix(target, 'https')).toBe('/api/v1/namespaces/n/pods/https:p-0:8080/proxy');
});

test.each([
  [`${prefix}/login?a=b`, '/login?a=b'],
  [`https://k.example${prefix}/x`, '/x'],
  [prefix, '/'],
  [`${prefix}?a`, '/?a'],
  [`${prefix}s/x`, `${prefix}s/x`],
  ['https://elsewhere.example/x', 'https://elsewhere.example/x'],
])('%s is %s to the browser', (address, expected) => {
  expect(withoutPrefix(address, prefix)).toBe(expected);
});

test.each([
  ['http://10.0.0.1:8080/dir/', 'http://w.localhost:8080/dir/'],
  ['http://10.0.0.1/dir/', 'http://w.localhost/dir/'],
  ['//10.0.0.1:3000', '//w.localhost:3000'],
  ['http://10.0.0.10:8080/', 'http://10.0.0.10:8080/'],
  ['http://10.0.0.1@elsewhere.example/', 'http://10.0.0.1@elsewhere.example/'],
  ['http://me@10.0.0.1:8080/', 'http://me@10.0.0.1:8080/'],
  ['/10.0.0.1/x', '/10.0.0.1/x'],
])('a redirect to %s, made of the Host of the API server, leads to %s', (location, expected) => {
  expect(asAsked(location, '10.0.0.1', 'w.localhost:8443')).toBe(expected);
});

test('a redirect to an API server with a name or an IPv6 address is told in whatever case, and nothing is made of no Host', () => {
  expect(asAsked('http://K.Example:1/', 'k.example', '[::1]:8443')).toBe('http://[::1]:1/');
  expect(asAsked('http://[fd00::1]:1/', '[fd00::1]', 'w.localhost')).toBe('http://w.localhost:1/');
  expect(asAsked('http://k.example:1/', 'k.example', undefined)).toBe('http://k.example:1/');
});

test.each([
  ['/', true],
  ['/a..b/...', true],
  ['/a?x=../..', true],
  ['/a/../b', false],
  ['/..', false],
  ['/%2e%2E/secrets', false],
  ['/a%2f..%2fb', false],
  ['/a\\..\\b', false],
  ['/%252e%252e/b', false],
  ['/..;/b', false],
  ['http://elsewhere/', false],
  ['*', false],
])('%s stays below the port: %s', (asked, expected) => {
  expect(staysBelow(asked)).toBe(expected);
});

test('nothing that a page says passes for a word of ours to the API server', () => {
  const raw = ['Host', 'w.localhost', 'Authorization', 'token x', 'Impersonate-User', 'admin', 'X-Remote-Group', 'g'];
  const own = { Authorization: 'Bearer ours', 'Impersonate-Group': ['a', 'b'] };
  expect(podProxyHeaders([...raw, 'Cookie', 'a=b'], own, 'k:6443')).toEqual([
    'Host',
    'k:6443',
    'Cookie',
    'a=b',
    'Authorization',
    'Bearer ours',
    'Impersonate-Group',
    'a',
    'Impersonate-Group',
    'b',
  ]);
});

test.each([
  ['https://w.localhost:8443', false],
  ['HTTPS://W.localhost:8443', false],
  ['https://3000--w.localhost:8443', true],
  ['https://w.localhost', true],
  ['null', true],
])('a page of %s says so: %s, since programs compare it with the Host of the API server', (origin, says) => {
  const headers = podProxyHeaders(['Host', 'w.localhost:8443', 'Origin', origin], {}, 'k:6443');
  expect(headers).toEqual(['Host', 'k:6443', ...(says ? ['Origin', origin] : [])]);
});

test('a page is asked for as it is, and everything else as it was asked for', () => {
  const asked = (accept: string) => podProxyHeaders(['Accept', accept, 'Accept-Encoding', 'br'], {}, 'k').slice(2);
  expect(asked('text/html,*/*')).toEqual(['Accept', 'text/html,*/*', 'Accept-Encoding', 'identity']);
  expect(asked('*/*')).toEqual(['Accept', '*/*', 'Accept-Encoding', 'br']);
});

test.each([
  ['aXYb', 'ab'],
  ['XY', ''],
  ['XXY', 'X'],
  ['aX', 'aX'],
  ['XYXYcX', 'cX'],
  ['', ''],
])('what is removed from %j leaves %j, however it is cut', async (whole, expected) => {
  for (let at = 0; at <= whole.length; at += 1) {
    const parts = [whole.slice(0, at), whole.slice(at)].filter((part) => part !== '').map((part) => Buffer.from(part));
    expect(await text(Readable.from(parts).pipe(removing('XY')))).toBe(expected);
  }
});

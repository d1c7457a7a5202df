import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { podProxyHeaders } from './pod-proxy-headers.ts';
import { podProxyPrefix, staysBelow, withoutPrefix } from './pod-proxy-path.ts';
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

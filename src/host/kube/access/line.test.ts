import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { lineTo } from './line.ts';

const there = new PassThrough();
const reach = {
  dial: ({ host }: { host: string }) => Promise.resolve(host === 'k8s.tail.test' ? there : undefined),
  locate: () => Promise.resolve(undefined),
  routes: () => Promise.resolve([]),
};

test.each([
  ['a full name', 'https://k8s.tail.test:6443', true],
  ['an address', 'https://100.64.0.3:6443', true],
  ['an IPv6 address', 'https://[fd7a:115c:a1e0::3]:6443', true],
  ['a name of this computer’s network', 'https://k8s:6443', false],
  ['loopback', 'https://127.0.0.1:6443', false],
  ['loopback by name', 'https://localhost:6443', false],
  ['loopback in IPv6', 'https://[::1]:6443', false],
])('the tailnet is asked for %s: %s, %s', (_, server, isAsked) => {
  expect(lineTo(new URL(server), undefined, reach) !== undefined).toBe(isAsked);
  expect(lineTo(new URL(server), undefined, undefined)).toBeUndefined();
});

test('what the tailnet does not know is left to this computer’s network', async () => {
  const line = lineTo(new URL('https://k8s.tail.test'), undefined, reach);
  expect(await line?.('k8s.tail.test', 443, {})).toBe(there);
  expect(await line?.('k8s.example', 443, {})).toBeUndefined();
});

import { expect, test } from 'vitest';
import { expiryOf, firstVisitOf, remedyOf, reportWords, toneOf, wantsLogin } from './tailnet-looks.ts';

const problem = { code: 'upstream_failed', message: 'm', remedy: 'r' };

test.each([
  [{ phase: 'off' }, 'quiet', true],
  [{ phase: 'starting' }, 'wait', false],
  [{ phase: 'needs-login' }, 'wait', true],
  [{ phase: 'running' }, 'good', false],
  [{ phase: 'running', problem }, 'wait', false],
  [{ phase: 'logged-out' }, 'quiet', true],
  [{ phase: 'failed', problem }, 'bad', false],
] as const)('%j', (state, tone, isLogin) => {
  expect(toneOf(state)).toBe(tone);
  expect(wantsLogin(state)).toBe(isLogin);
});

const refused = { phase: 'needs-login', problem: { ...problem, code: 'unauthorized' } } as const;

test.each([
  [{ mode: 'embedded', phase: 'running' }, undefined],
  [{ mode: 'embedded', phase: 'running', problem }, 'r'],
  [{ mode: 'embedded', phase: 'needs-login', problem: { ...problem, code: 'forbidden' } }, 'r'],
  [{ mode: 'embedded', ...refused }, 'Log in at an address, or with another key.'],
  [{ mode: 'system', ...refused }, 'r'],
] as const)('%j is mended by %s', (state, remedy) => {
  expect(remedyOf(state)).toBe(remedy);
});

const now = Date.parse('2026-11-26T12:00:00.000Z');

test.each([
  [undefined, undefined],
  ['2026-11-26T11:00:00.000Z', { text: expect.stringContaining('it is over') as string, isSoon: true }],
  ['2026-11-29T12:00:00.000Z', { text: expect.stringContaining(', in 3 d') as string, isSoon: true }],
  ['2027-05-25T12:00:00.000Z', { text: expect.stringContaining(', in 180 d') as string, isSoon: false }],
])('a key that ends at %s', (at, expiry) => {
  expect(expiryOf(at === undefined ? {} : { key_expires_at: at }, now)).toEqual(expiry);
});

test.each([
  [{ udp: true, ipv4: true, ipv6: true }, [false, false], 'It has IPv4, IPv6.'],
  [{ udp: true, ipv4: true, ipv6: false, hard_nat: false }, [false, false], 'It has IPv4.'],
  [{ udp: false, ipv4: true, ipv6: false, hard_nat: true }, [true, true, false], 'It has IPv4.'],
  [{ udp: false, ipv4: false, ipv6: false }, [true, true], 'It has neither IPv4 nor IPv6.'],
])('%j', (report, bad, last) => {
  const words = reportWords(report);
  expect(words.map(({ isBad }) => isBad)).toEqual(bad);
  expect(words.at(-1)?.text).toBe(last);
});

test.each([
  ['https://box.tail.test/', 'http://box.tail.test/'],
  ['https://[fd7a::1]:8443/x', 'http://[fd7a::1]/'],
  ['nowhere', undefined],
])('%s is first visited at %s', (url, first) => {
  expect(firstVisitOf(url)).toBe(first);
});

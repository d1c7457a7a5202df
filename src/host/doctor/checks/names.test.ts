import { expect, test } from 'vitest';
import { judgeNames } from './names.ts';
import type { Resolved } from './names.ts';

const own = ['127.0.0.1', '::1'];

test.each<[what: string, localhost: Resolved, below: Resolved, state: string, words: RegExp]>([
  ['all resolve', own, own, 'ok', /names below it where workspaces/],
  ['names below do not resolve', own, 'ENOTFOUND', 'ok', /browsers do that by themselves/],
  ['another address of loopback', ['127.0.1.1'], ['127.0.0.53'], 'ok', /localhost/],
  ['localhost is unknown', 'ENOTFOUND', 'ENOTFOUND', 'error', /does not resolve .*ENOTFOUND/],
  ['localhost is elsewhere', ['192.0.2.1', '::1'], own, 'error', /is 192\.0\.2\.1, which is not/],
  ['a resolver answers everything', own, ['198.51.100.7'], 'error', /\*\.localhost.*198\.51\.100\.7/],
  ['over IPv6, too', own, ['2001:db8::1'], 'error', /2001:db8::1/],
])('%s', (_what, localhost, below, state, words) => {
  const [finding] = judgeNames(localhost, below);
  expect(finding?.state).toBe(state);
  expect(finding?.message).toMatch(words);
});

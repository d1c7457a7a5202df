import { expect, test } from 'vitest';
import { isOwnHost } from './port-host.ts';

test.each([
  ['cs.localhost', true],
  ['5173--cs.localhost', true],
  ['9443s--cs.localhost', true],
  ['8443p--cs.localhost', true],
  ['other.localhost', false],
  ['5173--other.localhost', false],
  ['x--cs.localhost', false],
  ['5173--x--cs.localhost', false],
  ['5173x--cs.localhost', false],
  ['5173--cs.localhost.evil.example', false],
  ['80--cs.to.localhost', false],
  ['localhost', false],
])('%s beside cs.localhost: %s', (hostname, own) => {
  expect(isOwnHost('cs.localhost', hostname)).toBe(own);
});

test('a workspace whose name holds two hyphens is its own', () => {
  expect(isOwnHost('x--cs.localhost', '5173--x--cs.localhost')).toBe(true);
});

test('on a shared origin there are none', () => {
  expect(isOwnHost('localhost', '5173--cs.localhost')).toBe(false);
});

import { expect, test } from 'vitest';
import { isOwnRequest, withPass } from './pass.ts';
import type { Role } from './role.ts';

const role: Role = { kind: 'workspace', id: 'w', url: 'https://w.localhost:8080/' };

test.each([
  ['https://w.localhost:8080/a?b', true],
  ['wss://w.localhost:8080/socket', true],
  ['https://3000--w.localhost:8080/', true],
  ['wss://3000--w.localhost:8080/', true],
  ['https://v.localhost:8080/', false],
  ['https://localhost:8080/', false],
  ['https://w.localhost:9999/', false],
  ['http://w.localhost:8080/', false],
  ['https://w.localhost.evil.example:8080/', false],
  ['nonsense', false],
])('%s is own: %s', (url, own) => {
  expect(isOwnRequest(role, url)).toBe(own);
  expect(isOwnRequest({ kind: 'closed' }, url)).toBe(false);
});

test('where workspaces share an origin, only the own path is own', () => {
  const shared: Role = { kind: 'workspace', id: 'w', url: 'https://localhost:8080/proxy/server/w/' };
  expect(isOwnRequest(shared, 'wss://localhost:8080/proxy/server/w/x')).toBe(true);
  expect(isOwnRequest(shared, 'https://localhost:8080/api/servers')).toBe(false);
});

test('the pass goes where it belongs, and nothing that a page made up', () => {
  const headers = { Accept: '*/*', 'Guildnet-Session': 'mine' };
  expect(withPass(headers, 'true')).toEqual({ Accept: '*/*', 'guildnet-session': 'true' });
  expect(withPass(headers, undefined)).toEqual({ Accept: '*/*' });
});

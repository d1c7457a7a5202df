import { expect, test } from 'vitest';
import { mayUse } from './permission.ts';
import { closed, type Role } from './role.ts';

const ui: Role = { kind: 'ui', origin: 'app://guildnet' };
const cs: Role = { kind: 'workspace', id: 'cs', url: 'https://cs.localhost:8080/' };
const byPath: Role = { kind: 'workspace', id: 'cs', url: 'https://localhost:8080/proxy/server/cs/' };

test.each([
  ['the UI copies', ui, 'clipboard-sanitized-write', 'app://guildnet/launch', true],
  ['the UI reads the clipboard', ui, 'clipboard-read', 'app://guildnet/', false],
  ['the UI notifies', ui, 'notifications', 'app://guildnet/', false],
  ['an IDE pastes', cs, 'clipboard-read', 'https://cs.localhost:8080/', true],
  ['an IDE copies', cs, 'clipboard-sanitized-write', 'https://cs.localhost:8080/x', true],
  ['an IDE fills the screen', cs, 'fullscreen', 'https://cs.localhost:8080', true],
  ['an IDE notifies', cs, 'notifications', 'https://cs.localhost:8080/', true],
  ['an IDE locks the pointer', cs, 'pointerLock', 'https://cs.localhost:8080/', true],
  ['an IDE asks where one is', cs, 'geolocation', 'https://cs.localhost:8080/', false],
  ['an IDE listens', cs, 'media', 'https://cs.localhost:8080/', false],
  ['an IDE starts a program', cs, 'openExternal', 'https://cs.localhost:8080/', false],
  ['an IDE by USB', cs, 'usb', 'https://cs.localhost:8080/', false],
  ['a foreign frame in an IDE', cs, 'clipboard-read', 'https://example.com/', false],
  ['another workspace in an IDE', cs, 'clipboard-read', 'https://other.localhost:8080/', false],
  ['an IDE by path', byPath, 'clipboard-read', 'https://localhost:8080/proxy/server/cs/a', true],
  ['an IDE by path, asked by origin', byPath, 'clipboard-read', 'https://localhost:8080/', true],
  ['another path', byPath, 'clipboard-read', 'https://localhost:8080/proxy/server/other/', false],
  ['nobody in particular', cs, 'clipboard-read', '', false],
  ['a page without a role', closed, 'clipboard-sanitized-write', 'https://example.com/', false],
] as const)('%s', (_what, role, permission, requester, wanted) => {
  expect(mayUse(role, permission, requester)).toBe(wanted);
});

import { expect, test } from 'vitest';
import { decideNavigation, decideWindowOpen } from './navigation.ts';
import { closed, type Role } from './role.ts';

const ui: Role = { kind: 'ui', origin: 'app://guildnet' };
const cs: Role = { kind: 'workspace', id: 'cs-1a2b3', url: 'https://cs-1a2b3.localhost:8080/' };
const byPath: Role = { kind: 'workspace', id: 'cs-1', url: 'https://localhost:8080/proxy/server/cs-1/' };

test.each([
  ['the UI on its own origin', ui, 'app://guildnet/workspaces/x', true, 'allow'],
  ['the UI on another host of its scheme', ui, 'app://other/', true, 'deny'],
  ['the UI to a workspace', ui, 'https://cs-1a2b3.localhost:8080/', true, 'external'],
  ['the UI to a file', ui, 'file:///etc/passwd', true, 'deny'],
  ['the UI to script', ui, 'javascript:alert(1)', true, 'deny'],
  ['a frame of the UI', ui, 'app://guildnet/', false, 'deny'],
  ['a workspace on its own origin', cs, 'https://cs-1a2b3.localhost:8080/a?b#c', true, 'allow'],
  ['a workspace to another one', cs, 'https://cs-9f8e7.localhost:8080/', true, 'external'],
  [
    'a workspace to a host that begins like its own',
    cs,
    'https://cs-1a2b3.localhost.evil.example:8080/',
    true,
    'external',
  ],
  ['a workspace to its host at another port', cs, 'https://cs-1a2b3.localhost:9090/', true, 'external'],
  ['a workspace to its origin with a user name', cs, 'https://cs-1a2b3.localhost.evil.example:8080/', true, 'external'],
  ['a workspace without TLS', cs, 'http://cs-1a2b3.localhost:8080/', true, 'external'],
  ['a workspace to the UI', cs, 'app://guildnet/', true, 'deny'],
  ['a workspace to a program', cs, 'vscode://file/x', true, 'deny'],
  ['a workspace to data', cs, 'data:text/html,hi', true, 'deny'],
  ['a workspace to a blob of its own', cs, 'blob:https://cs-1a2b3.localhost:8080/1', true, 'deny'],
  ['a frame of a workspace on the web', cs, 'https://example.com/', false, 'allow'],
  ['a frame of a workspace with a blob', cs, 'blob:https://cs-1a2b3.localhost:8080/1', false, 'allow'],
  ['a frame of a workspace to a program', cs, 'mailto:a@example.com', false, 'deny'],
  ['a frame of a workspace to the UI', cs, 'app://guildnet/', false, 'deny'],
  ['a workspace on its own path', byPath, 'https://localhost:8080/proxy/server/cs-1/login', true, 'allow'],
  ['a workspace on the path of another', byPath, 'https://localhost:8080/proxy/server/cs-12/', true, 'external'],
  ['a workspace on the path of the API', byPath, 'https://localhost:8080/api/servers', true, 'external'],
  ['a page without a role', closed, 'https://example.com/', true, 'deny'],
  ['no URL at all', ui, 'nonsense', true, 'deny'],
] as const)('%s', (_what, role, url, isMainFrame, wanted) => {
  expect(decideNavigation(role, { url, isMainFrame })).toBe(wanted);
});

test.each([
  ['a link of the UI', ui, 'https://example.com/docs', 'external'],
  ['a second window of the UI', ui, 'app://guildnet/', 'deny'],
  ['an empty window of the UI', ui, 'about:blank', 'deny'],
  ['a program from the UI', ui, 'ms-settings:', 'deny'],
  ['a window of the same workspace', cs, 'https://cs-1a2b3.localhost:8080/lab', 'window'],
  ['an empty window of a workspace', cs, 'about:blank', 'window'],
  ['an empty address in a workspace', cs, '', 'window'],
  ['a link of a workspace', cs, 'https://example.com/', 'external'],
  ['another workspace', cs, 'https://cs-9f8e7.localhost:8080/', 'external'],
  ['a program from a workspace', cs, 'tel:123', 'deny'],
  ['script from a workspace', cs, 'javascript:alert(1)', 'deny'],
  ['a page without a role', closed, 'https://example.com/', 'deny'],
] as const)('window: %s', (_what, role, url, wanted) => {
  expect(decideWindowOpen(role, url)).toBe(wanted);
});

import { expect, test } from 'vitest';
import { callsOf } from '#contract/calls.ts';
import { contract } from '#contract/routes.ts';
import { isTerminalCall } from './terminal-calls.ts';

test('every call of the contract about terminals is one, and no other is', () => {
  const filled = (path: string): string => path.replaceAll(/\{[^}]+\}/g, 'a');
  const { true: terminal = [], false: others = [] } = Object.groupBy(callsOf(contract), ({ path }) =>
    isTerminalCall(filled(path)) ? 'true' : 'false',
  );
  expect(terminal.map(({ name }) => name).toSorted()).toEqual(
    callsOf(contract)
      .flatMap(({ name }) => (name.startsWith('terminals.') ? [name] : []))
      .toSorted(),
  );
  expect(terminal.length).toBeGreaterThan(3);
  expect(others.length).toBeGreaterThan(20);
});

test.each([
  { url: '/api/workspaces/a/terminal', is: true },
  { url: '/api/workspaces/a/terminal?x=1', is: true },
  { url: '/api/workspaces/a/exec', is: true },
  { url: '/api/workspaces/a/%74erminals', is: true },
  { url: '/api/workspaces/a%2Fterminals', is: true },
  { url: '/api//workspaces/a//exec', is: true },
  { url: '/sse/terminal?id=a', is: true },
  { url: '/api/%', is: true },
  { url: '/api/workspaces/terminals', is: false },
  { url: '/api/workspaces/a?terminals', is: false },
  { url: '/api/workspaces/exec/events', is: false },
  { url: '/sse/logs?target=terminal', is: false },
])('$url: $is', ({ url, is }) => {
  expect(isTerminalCall(url)).toBe(is);
});

import { expect, test } from 'vitest';
import { originOf, workspaceBelow, workspaceOriginAt } from './front.ts';

const ask = { kind: 'server', id: 'w' } as const;

test.each([
  [{ host: 'localhost', port: 8080 }, 'https://localhost:8080', 'https://w.localhost:8080'],
  [{ host: 'localhost', port: 443 }, 'https://localhost', 'https://w.localhost'],
  [{ host: 'dev.example', port: 9000 }, 'https://dev.example:9000', 'https://w.dev.example:9000'],
  [{ host: '192.0.2.1', port: 443 }, 'https://192.0.2.1', undefined],
  [{ host: '[::1]', port: 8080 }, 'https://[::1]:8080', undefined],
])('%j', (front, control, workspace) => {
  expect(originOf(front)).toBe(control);
  expect(workspaceOriginAt(front, ask)).toBe(workspace);
});

test('a name below the front leads back to what is there', () => {
  const front = { host: 'dev.example', port: 443 };
  expect(workspaceBelow(front, 'w.dev.example')).toEqual(ask);
  expect(workspaceBelow(front, '3000--w.dev.example')).toEqual({ ...ask, port: 3000 });
  for (const host of ['dev.example', 'w.other.example', 'wdev.example', '.dev.example', 'a.b.dev.example'])
    expect(workspaceBelow(front, host)).toBeUndefined();
});

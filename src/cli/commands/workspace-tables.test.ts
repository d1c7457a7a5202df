import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Forward } from '#contract/forwards.ts';
import type { PatchedWorkspace } from '#contract/workspace-patch.ts';
import type { WorkspaceEvent } from '#contract/workspace-events.ts';
import type { WorkspaceResource } from '#contract/workspace-resource.ts';
import { describedResource } from './describe.ts';
import { eventTable } from './events.ts';
import { forwardLine } from './forward.ts';
import { forwardTable } from './forwards.ts';
import { printList } from './list-command.ts';
import { parsePatch } from '../patch-argument.ts';
import { patchText } from './patch.ts';
import { portTable } from './ports.ts';

const now = Date.parse('2026-11-26T08:10:00Z');
const event: WorkspaceEvent = {
  type: 'Warning',
  reason: 'BackOff',
  message: 'no such image\nsecond line',
  about: { kind: 'Pod', name: 'ws-1' },
  count: 3,
  last_at: '2026-11-26T08:05:00Z',
};
const workspace: WorkspaceResource = {
  id: 'ws',
  etag: '"a"',
  labels: { team: 'red' },
  spec: { image: 'echo:1', mode: 'Running', env: {}, env_hidden: ['PASSWORD'] },
  status: { phase: 'Running', url: 'https://ws.localhost/', changed_from_next_start: true, conditions: [] },
};

test('events are a line each, and whole ones where there is room', () => {
  expect(eventTable([], now)).toBe('');
  expect(eventTable([event], now).split('\n')[1]).toBe('5m    Warning  BackOff  Pod/ws-1  x3  no such image');
  expect(eventTable([event], now, true)).toContain('no such image second line');
});

test('ports tell whether they are open, where that is known', () => {
  const port = { port: 80, name: 'web', declared: true, protocol: 'TCP', scheme: 'http', url: 'https://a/' } as const;
  const { url: _url, ...hidden } = port;
  const found = { ...port, port: 5173, name: '', declared: false, listening: true };
  const lines = portTable([{ ...port, listening: true }, { ...port, listening: false }, hidden, found]).split('\n');
  expect(lines.slice(1)).toEqual([
    '80    web             TCP       yes   https://a/',
    '80    web             TCP       no    https://a/',
    '80    web             TCP       -     -',
    '5173  (not declared)  TCP       yes   https://a/',
  ]);
});

test('a workspace is described in paragraphs', () => {
  const text = describedResource(workspace, [event], { now, yaml: stringify });
  expect(text).toMatch(/^workspace {2}ws\nphase {6}Running\n/);
  expect(text).toContain('spec:\n  image: echo:1\n');
  expect(text).toContain('guildnet restart');
  expect(text).toMatch(/events:\n {2}LAST/);
  expect(describedResource(workspace, [], { now, yaml: stringify })).toMatch(/events:\n {2}none$/);
});

test('a patch is JSON or YAML, and what is none is named', () => {
  expect(parsePatch('{"spec": {"ttl": null}}')).toEqual({ body: { spec: { ttl: null } } });
  expect(parsePatch('{spec: {env: {A: "1"}}}')).toEqual({ body: { spec: { env: { A: '1' } } } });
  for (const [text, problem] of [
    ['{spec: {imag: x}}', /spec: .*"imag"/],
    ['{', /neither JSON nor YAML/],
    ['x', /patch: /],
  ] as const)
    expect(parsePatch(text)).toEqual({ problem: expect.stringMatching(problem) as string });
});

test('it is said when a patch counts', () => {
  const patched: PatchedWorkspace = {
    workspace,
    changed: ['spec.image'],
    restarts: ['spec.image'],
    takes_effect: 'next-start',
    dry_run: false,
  };
  expect(patchText('ws', patched)).toMatch(/^ws is changed from its next start on .*: spec\.image$/);
  expect(patchText('ws', { ...patched, dry_run: true })).toMatch(/\(not done: --dry-run\)$/);
  expect(patchText('ws', { ...patched, changed: [], takes_effect: 'nothing-changed' })).toBe('ws is as it was');
});

test.for([
  ['name', 'a\nb'],
  ['wide', 'wide table'],
  [undefined, 'table'],
] as const)('a list is printed as %s', ([format, expected]) => {
  const printed: string[] = [];
  const output = {
    json: false,
    result: (_value: unknown, text: () => string): void => void printed.push(text()),
    note: (): void => undefined,
  };
  const value = [{ id: 'a' }, { id: 'b' }];
  const options = format === undefined ? {} : { output: format };
  printList({ output }, options, { value, names: ['a', 'b'], table: (wide) => (wide ? 'wide table' : 'table') });
  expect(printed).toEqual([expected]);
});

test('forwards are a line each, with what has passed where there is room', () => {
  const forward: Forward = {
    id: '8c1f22aa',
    workspace: 'ws',
    port: 80,
    addresses: ['127.0.0.1:8080', '[::1]:8080'],
    local_port: 8080,
    exposed: false,
    state: 'ready',
    connections: { open: 2, total: 9, refused: 1 },
    bytes: { to_workspace: 12, from_workspace: 3_400 },
    created_at: '2026-11-26T08:00:00Z',
  };
  const open: Forward = {
    ...forward,
    addresses: ['0.0.0.0:80'],
    local_port: 80,
    exposed: true,
    state: 'waiting',
    problem: { code: 'not_ready', message: 'It is stopped.\nmore' },
  };
  const socket: Forward = { ...forward, addresses: ['/run/x'], socket: '/run/x' };
  expect(forwardTable([])).toBe('');
  expect(forwardTable([forward, open]).split('\n').slice(1)).toEqual([
    '8c1f22aa  ws         80    localhost:8080                    ready    2',
    '8c1f22aa  ws         80    0.0.0.0:80 (other machines, too)  waiting  2',
  ]);
  expect(forwardTable([open], true).split('\n')[1]).toMatch(/ 12 +3400 +It is stopped\.$/);
  expect([forward, open, socket].map(forwardLine)).toEqual([
    'localhost:8080 -> ws:80',
    '0.0.0.0:80 -> ws:80',
    '/run/x -> ws:80',
  ]);
});

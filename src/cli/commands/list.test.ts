import { expect, test } from 'vitest';
import type { Server } from '#contract/server.ts';
import { serverTable } from './list.ts';

const now = Date.parse('2026-11-23T12:00:00Z');
const one = (id: string, phase: Server['phase'], extra: Partial<Server> = {}): Server => ({
  id,
  name: id,
  image: 'echo:1',
  status: 'pending',
  phase,
  created_at: '2026-11-23T11:58:00Z',
  ...extra,
});

test('no workspaces, no table', () => {
  expect(serverTable([], now)).toBe('');
});

test('rows stand by name, and a failure shows its reason in one line', () => {
  const failure = { reason: 'ImagePullFailed', message: 'no such image\nsecond line' };
  expect(serverTable([one('b-1', 'Failed', { failure }), one('a-1', 'Running')], now)).toBe(
    [
      'NAME  PHASE    AGE  IMAGE',
      'a-1   Running  2m   echo:1',
      'b-1   Failed   2m   echo:1  ImagePullFailed: no such image',
    ].join('\n'),
  );
});

test('with room there are owner, node and address, too', () => {
  const wide = serverTable(
    [one('a-1', 'Running', { owner: 'local:me', node: 'n1', ide_url: 'https://a-1.localhost/' })],
    now,
    true,
  );
  expect(wide.split('\n')).toEqual([
    'NAME  PHASE    AGE  IMAGE   OWNER     NODE  ADDRESS',
    'a-1   Running  2m   echo:1  local:me  n1    https://a-1.localhost/',
  ]);
});

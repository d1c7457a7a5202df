import { expect, test } from 'vitest';
import type { Server } from '#contract/server.ts';
import { sortedServers } from './sorted-servers.ts';

const server = (name: string, created?: string, phase: Server['phase'] = 'Running'): Server => ({
  id: name,
  name,
  image: 'busybox',
  status: 'running',
  phase,
  ...(created === undefined ? {} : { created_at: created }),
});

test('newest first, then by name, the undated last, whatever the phase', () => {
  const servers = [
    server('old', '2026-01-01T00:00:00Z', 'Failed'),
    server('b', '2026-02-01T00:00:00Z'),
    server('a', '2026-02-01T00:00:00Z', 'Stopped'),
    server('undated'),
  ];
  const record = Object.fromEntries(servers.map((it) => [it.id, it]));
  expect(sortedServers(record).map((it) => it.name)).toEqual(['a', 'b', 'old', 'undated']);
});

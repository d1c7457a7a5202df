import { expect, test } from 'vitest';
import type { ClusterState } from '#contract/cluster.ts';
import type { HostEvent } from '#contract/events.ts';
import type { Server } from '#contract/server.ts';
import { advance, beginStartUp } from './start-up.ts';

const id = 'echo-12345';
const server = (phase: Server['phase'], failure?: Server['failure']): Server => ({
  id,
  name: id,
  image: 'echo:1',
  status: 'pending',
  phase,
  ...(failure === undefined ? {} : { failure }),
});
const cluster = (phase: ClusterState['phase'], message?: string): ClusterState => ({
  phase,
  local: { available: true },
  ...(message === undefined ? {} : { problem: { code: 'cluster_offline', message } }),
});
const snapshot = (...servers: Server[]): HostEvent => ({
  type: 'snapshot',
  servers,
  homes: [],
  cluster: cluster('online'),
});
const upsert = (one: Server): HostEvent => ({ type: 'upsert', server: one });

/** Plays the events; what was said, and how it ended. */
function play(...events: HostEvent[]) {
  let state = beginStartUp(id);
  const lines: string[] = [];
  for (const event of events) {
    const next = advance(state, event);
    ({ state } = next);
    if (next.line !== undefined) lines.push(next.line);
  }
  return { lines, outcome: state.outcome };
}

test('a start from nothing to Running tells every phase once', () => {
  const played = play(
    snapshot(),
    upsert(server('Pending')),
    upsert(server('Pending')),
    upsert(server('Starting')),
    upsert(server('Running')),
  );
  expect(played.lines).toEqual(['Pending', 'Starting', 'Running']);
  expect(played.outcome).toEqual({ running: server('Running') });
});

test('one that runs already in the snapshot is there', () => {
  expect(play(snapshot(server('Running'))).outcome).toEqual({ running: server('Running') });
});

test('other workspaces are none of its business', () => {
  const other = { ...server('Failed'), id: 'other' };
  expect(play(snapshot(other), upsert(other), { type: 'delete', id: 'other' })).toEqual({
    lines: [],
    outcome: undefined,
  });
});

test('why it is not there yet is told', () => {
  const waiting = server('Pending', { reason: 'Unschedulable', message: 'no node has 64 GiB free' });
  expect(play(upsert(waiting)).lines).toEqual(['Pending: no node has 64 GiB free']);
});

test('a failure ends it with reason and remedy', () => {
  const failure = { reason: 'ImagePullFailed', message: 'no such image', remedy: 'Check the tag.' };
  const { outcome } = play(snapshot(), upsert(server('Failed', failure)));
  expect(outcome).toMatchObject({
    failed: {
      code: 'not_ready',
      message: `${id} does not start (ImagePullFailed): no such image`,
      remedy: `Check the tag. It is kept; remove it with "guildnet rm ${id}".`,
    },
  });
});

test.each([
  ['deleted', { type: 'delete', id } as const],
  ['being deleted', upsert(server('Terminating'))],
  ['missing in a later snapshot', snapshot()],
])('%s while starting is an error', (_what, event) => {
  expect(play(upsert(server('Pending')), event).outcome).toMatchObject({ failed: { code: 'not_found' } });
});

test('not yet in the first snapshot is no error', () => {
  expect(play(snapshot()).outcome).toBeUndefined();
});

test('the cluster going away is told and waited out', () => {
  const played = play(
    upsert(server('Starting')),
    { type: 'cluster', cluster: cluster('offline', 'connection refused') },
    { type: 'cluster', cluster: cluster('online') },
    upsert(server('Running')),
  );
  expect(played.lines).toEqual(['Starting', 'cluster offline: connection refused', 'Running']);
  expect(played.outcome).toHaveProperty('running');
});

import { expect, test } from 'vitest';
import type { ClusterState } from '#contract/cluster.ts';
import type { Server } from '#contract/server.ts';
import { announcementOf } from './announcement.ts';
import { emptyWorld, type Link, type World } from './world.ts';

const live: Link = { phase: 'live' };
const lost: Link = { phase: 'lost', retryAt: 0, problem: { code: 'host_unreachable', message: 'No answer.' } };

function world(servers: Record<string, Server['phase']>, more: Partial<World> = {}): World {
  const entries = Object.entries(servers).map(([id, phase]): [string, Server] => [
    id,
    {
      id,
      name: id,
      image: 'busybox',
      status: 'pending',
      phase,
      ...(phase === 'Failed' ? { failure: { reason: 'ImagePull', message: 'No such image.' } } : {}),
    },
  ]);
  return { ...emptyWorld, link: live, known: true, servers: Object.fromEntries(entries), ...more };
}

const cluster = (phase: ClusterState['phase']): Partial<World> => ({ cluster: { phase, local: { available: true } } });

const cases: Array<[string, World, World, string | undefined]> = [
  ['the first snapshot is silent', emptyWorld, world({ a: 'Running' }), undefined],
  ['no change is silent', world({ a: 'Running' }), world({ a: 'Running' }), undefined],
  ['a new workspace', world({}), world({ a: 'Pending' }), 'a is pending.'],
  ['ready', world({ a: 'Starting' }), world({ a: 'Running' }), 'a is running.'],
  ['failed, with its reason', world({ a: 'Starting' }), world({ a: 'Failed' }), 'a failed. No such image.'],
  ['deleted', world({ a: 'Terminating' }), world({}), 'a is deleted.'],
  ['cluster online', world({}, cluster('connecting')), world({}, cluster('online')), 'The cluster is online.'],
  ['cluster gone', world({}, cluster('online')), world({}, cluster('offline')), 'The cluster does not answer.'],
  ['link lost', world({}), world({}, { link: lost }), 'The connection to GuildNet is lost. No answer.'],
  ['link back', world({}, { link: lost }), world({}), 'Connected to GuildNet again.'],
];

test.each(cases)('%s', (_name, before, after, said) => {
  expect(announcementOf(before, after)).toBe(said);
});

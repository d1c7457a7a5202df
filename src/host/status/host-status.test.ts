import { expect, test } from 'vitest';
import type { ClusterState } from '#contract/cluster.ts';
import { GuildNetError } from '#contract/errors.ts';
import { hostStatusSchema } from '#contract/host-status.ts';
import { noAssetCache } from '../proxy/asset-cache/asset-cache.ts';
import { hostStatus } from './host-status.ts';
import type { SessionFacts, StatusFacts } from './host-status.ts';

const cluster: ClusterState = { phase: 'online', version: 'v1.37.2', local: { available: false } };
const session: SessionFacts = {
  leadership: { holder: 'me_1', self: true },
  operator: { depth: 1, reconciled: 20, failed: 2 },
  watched: { pods: { state: 'online', problem: undefined }, events: { state: 'syncing', problem: undefined } },
  phases: ['Running', 'Stopped', 'Running'],
  transport: { kind: 'spdy', losses: [], ways: [{ kind: 'spdy', state: 'works' }] },
  connections: { totals: [], pods: [], more: 0 },
};
const facts: StatusFacts = {
  version: '1.2.3',
  nodeVersion: 'v24.0.0',
  url: 'https://localhost:8080',
  startedAt: new Date('2026-11-26T08:00:00Z'),
  cluster,
  session,
  ways: ['spdy', 'channels'],
  assets: noAssetCache,
  tailnet: { mode: 'off', phase: 'off' },
};

test('of a host that fares well nothing is degraded', () => {
  const status = hostStatus(facts);
  expect(status).toMatchObject({
    ready: true,
    started_at: '2026-11-26T08:00:00.000Z',
    versions: { guildnet: '1.2.3', node: 'v24.0.0', kubernetes: 'v1.37.2' },
    lease: { held_by: 'this-host', holder: 'me_1' },
    operator: { waiting: 1, reconciled: 20, failed: 2 },
    workspaces: { Running: 2, Stopped: 1 },
    degraded: [],
  });
  expect(hostStatusSchema.parse(status)).toEqual(status);
});

test('without a session it says why, and counts nothing', () => {
  const problem = { code: 'cluster_offline', message: 'It does not answer.', remedy: 'Look at it.' };
  const status = hostStatus({ ...facts, cluster: { ...cluster, phase: 'offline', problem }, session: undefined });
  expect(status).toMatchObject({ ready: false, lease: { held_by: 'unknown' }, degraded: [problem] });
  expect(status).not.toHaveProperty('workspaces');
});

test('the way to the workspaces is told: what would be tried, and what is lost where another is taken', () => {
  expect(hostStatus({ ...facts, session: undefined }).transport).toEqual({
    kind: 'spdy',
    losses: [],
    ways: [
      { kind: 'spdy', state: 'untried' },
      { kind: 'channels', state: 'untried' },
    ],
  });
  const why = 'spdy: The cluster does not allow it to us.';
  const transport = { kind: 'pod-proxy' as const, why, losses: ['WebSockets are refused.'], ways: [] };
  const { degraded } = hostStatus({ ...facts, session: { ...session, transport } });
  expect(degraded).toEqual([
    expect.objectContaining({
      code: 'unsupported',
      message: expect.stringContaining(`WebSockets are refused. ${why}`),
    }),
  ]);
});

test('what keeps the host from its tailnet is told, with what to do', () => {
  const problem = { code: 'unauthorized', message: 'The key is refused.', remedy: 'Log in.' };
  const { degraded, tailnet } = hostStatus({
    ...facts,
    tailnet: { mode: 'embedded', phase: 'needs-login', problem },
  });
  expect(degraded).toEqual([problem]);
  expect(tailnet.phase).toBe('needs-login');
});

test('what cannot be seen, led or is to be mended is told once each, with what to do', () => {
  const refused = new GuildNetError('forbidden', 'Events may not be listed.', { remedy: 'Grant it.' });
  const lease = new GuildNetError('forbidden', 'The lease may not be had.');
  const note = { code: 'default_password', message: 'Everybody knows it.' };
  const { degraded, lease: held } = hostStatus({
    ...facts,
    cluster: { ...cluster, problem: { code: 'forbidden', message: 'The lease may not be had.' }, notes: [note] },
    session: {
      ...session,
      leadership: { self: false, problem: lease },
      watched: {
        events: { state: 'unavailable', problem: refused },
        secrets: { state: 'offline', problem: undefined },
      },
    },
  });
  expect(held).toEqual({ held_by: 'nobody' });
  expect(degraded).toEqual([
    { code: 'forbidden', message: 'The lease may not be had.' },
    { code: 'forbidden', message: 'Events may not be listed.', remedy: 'Grant it.' },
    { code: 'not_ready', message: "The cluster's secrets are not seen: the watch is offline." },
    note,
  ]);
});

test('a disk that takes no assets is told, with what to do', () => {
  const { degraded, assets } = hostStatus({ ...facts, assets: { ...noAssetCache, state: 'resting', why: 'Full.' } });
  expect(assets.state).toBe('resting');
  expect(degraded).toMatchObject([{ message: 'Full.', remedy: expect.stringContaining('GUILDNET_ASSET_CACHE') }]);
});

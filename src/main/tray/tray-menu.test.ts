import { expect, test } from 'vitest';
import type { ClusterState } from '#contract/cluster.ts';
import type { Server } from '#contract/server.ts';
import { clusterLine, trayMenu, type TrayItem } from './tray-menu.ts';

const online: ClusterState = { phase: 'online', context: 'home', local: { available: false } };
const presets = [{ label: 'code-server', image: 'guildnet.local/code-server:1' }];
const server = (id: string, phase: Server['phase'] = 'Running'): Server => ({
  id,
  name: id,
  image: 'i',
  status: 'running',
  phase,
});
const lines = (items: TrayItem[]): string[] => items.map((item) => (item.kind === 'separator' ? '-' : item.label));

test('offers presets, running workspaces, the window and the end', () => {
  const servers = [server('b'), server('a'), server('c', 'Stopped'), server('d', 'Failed')];
  const menu = trayMenu({ presets, servers, cluster: online });
  expect(lines(menu)).toEqual([
    'Connected: home',
    '-',
    'Launch code-server',
    '-',
    'Open a',
    'Open b',
    '-',
    'Show GuildNet',
    'Quit',
  ]);
  expect(menu[2]).toMatchObject({ action: { type: 'launch', image: 'guildnet.local/code-server:1' }, enabled: true });
  expect(menu[4]).toMatchObject({ action: { type: 'open', id: 'a' }, enabled: true });
});

test('is whole before anything is known', () => {
  expect(lines(trayMenu({ presets: [], servers: [], cluster: undefined }))).toEqual([
    'Connecting to cluster…',
    '-',
    'Show GuildNet',
    'Quit',
  ]);
});

test('launches nothing while the cluster is away', () => {
  const menu = trayMenu({ presets, servers: [server('a')], cluster: { ...online, phase: 'offline' } });
  expect(menu[2]).toMatchObject({ label: 'Launch code-server', enabled: false });
  expect(menu[4]).toMatchObject({ label: 'Open a', enabled: true });
});

test('stays short and keeps labels plain', () => {
  const servers = Array.from({ length: 13 }, (_, index) => server(`w${String(index).padStart(2, '0')}`));
  const menu = trayMenu({ presets: [{ label: 'R&D\nlab', image: 'x' }], servers, cluster: online });
  expect(lines(menu)).toContain('… and 3 more');
  expect(lines(menu)).toContain('Launch R&&D lab');
  expect(lines(menu).filter((line) => line.startsWith('Open'))).toHaveLength(10);
});

test.each([
  ['none', { ...online, phase: 'none' }, 'No cluster configured'],
  ['building', { ...online, phase: 'building', progress: { step: 'Building Kubernetes' } }, 'Building Kubernetes…'],
  ['building, no word yet', { ...online, phase: 'building' }, 'Starting the local cluster…'],
  ['connecting', { ...online, phase: 'connecting' }, 'Connecting to home…'],
  ['local', { ...online, source: 'local' }, 'Connected: local cluster'],
  ['offline', { ...online, phase: 'offline' }, 'Offline: home'],
  ['refused', { ...online, phase: 'refused' }, 'Refused: home'],
  ['a very long context', { ...online, context: 'x'.repeat(100) }, `Connected: ${'x'.repeat(48)}…`],
] as const)('the cluster: %s', (_what, cluster, wanted) => {
  expect(clusterLine(cluster)).toBe(wanted);
});

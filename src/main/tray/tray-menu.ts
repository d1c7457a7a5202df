import type { ClusterState } from '#contract/cluster.ts';
import type { Preset } from '#contract/image-defaults.ts';
import type { Server } from '#contract/server.ts';
import { t } from '../words/words.ts';

export type TrayAction =
  | { type: 'launch'; image: string }
  | { type: 'open'; id: string }
  | { type: 'show' }
  | { type: 'quit' };

export type TrayItem =
  | { kind: 'text'; label: string }
  | { kind: 'separator' }
  | { kind: 'action'; label: string; action: TrayAction; enabled: boolean };

export interface TrayState {
  presets: readonly Preset[];
  servers: readonly Server[];
  cluster: ClusterState | undefined;
}

/** A menu longer than this is of no use; the window lists the rest. */
const mostWorkspaces = 10;
const longestLabel = 60;

/** The tray's menu for a state of the world. Pure. */
export function trayMenu({ presets, servers, cluster }: TrayState): TrayItem[] {
  const running = servers
    .filter((server) => server.phase === 'Running')
    .toSorted((a, b) => a.name.localeCompare(b.name));
  const left = running.length - mostWorkspaces;
  const online = cluster?.phase === 'online';
  return [
    { kind: 'text', label: clusterLine(cluster) },
    { kind: 'separator' },
    ...presets.map(
      ({ label, image }): TrayItem => ({
        kind: 'action',
        label: plain(t().tray.launch(label)),
        action: { type: 'launch', image },
        enabled: online,
      }),
    ),
    ...(presets.length === 0 ? [] : [{ kind: 'separator' } as const]),
    ...running.slice(0, mostWorkspaces).map(
      ({ id, name }): TrayItem => ({
        kind: 'action',
        label: plain(t().tray.open(name)),
        action: { type: 'open', id },
        enabled: true,
      }),
    ),
    ...(left > 0 ? [{ kind: 'text', label: t().tray.more(String(left)) } as const] : []),
    ...(running.length === 0 ? [] : [{ kind: 'separator' } as const]),
    { kind: 'action', label: t().tray.show, action: { type: 'show' }, enabled: true },
    { kind: 'action', label: t().tray.quit, action: { type: 'quit' }, enabled: true },
  ];
}

/** The cluster's state in a line. */
export function clusterLine(cluster: ClusterState | undefined): string {
  const name = cluster?.source === 'local' ? t().tray.localCluster : (cluster?.context ?? t().tray.cluster);
  switch (cluster?.phase) {
    case undefined:
    case 'connecting':
      return plain(t().tray.connecting(name));
    case 'none':
      return t().tray.none;
    case 'building':
      return plain(`${cluster.progress?.step ?? t().tray.building}…`);
    case 'online':
      return plain(t().tray.online(name));
    case 'offline':
      return plain(t().tray.offline(name));
    case 'refused':
      return plain(t().tray.refused(name));
  }
}

/** Menu labels are one line, and "&" in them marks a key. */
function plain(label: string): string {
  const line = label.replaceAll(/\s+/g, ' ');
  const cut = line.length > longestLabel ? `${line.slice(0, longestLabel - 1)}…` : line;
  return cut.replaceAll('&', '&&');
}

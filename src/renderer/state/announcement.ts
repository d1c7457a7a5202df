import type { ClusterState } from '#contract/cluster.ts';
import type { Server } from '#contract/server.ts';
import type { World } from './world.ts';
import { t } from '../words/language.ts';

/**
 * What a screen reader is told when the world changes from `before` to `after`, or undefined when nothing happened that a
 * person waits for. The first snapshot is silent: it is what the page shows, not a change.
 */
export function announcementOf(before: World, after: World): string | undefined {
  if (before.link.phase !== after.link.phase) {
    if (after.link.phase === 'lost') return t().said.lost(after.link.problem.message);
    if (before.link.phase === 'lost' && after.link.phase === 'live') return t().said.again;
  }
  if (!before.known) return undefined;
  const said = [...workspaceChanges(before, after), ...clusterChange(before.cluster, after.cluster)];
  return said.length === 0 ? undefined : said.join(' ');
}

function workspaceChanges(before: World, after: World): string[] {
  const gone = Object.values(before.servers)
    .filter((server) => after.servers[server.id] === undefined)
    .map((server) => t().said.deleted(server.name));
  const changed = Object.values(after.servers)
    .filter((server) => before.servers[server.id]?.phase !== server.phase)
    .map(sentence);
  return [...gone, ...changed];
}

function sentence(server: Server): string {
  switch (server.phase) {
    case 'Pending':
      return t().said.pending(server.name);
    case 'Starting':
      return t().said.starting(server.name);
    case 'Running':
      return t().said.running(server.name);
    case 'Stopped':
      return t().said.stopped(server.name);
    case 'Terminating':
      return t().said.terminating(server.name);
    case 'Failed':
      return t().said.failed(server.name, server.failure?.message ?? '');
  }
}

function clusterChange(before: ClusterState | undefined, after: ClusterState | undefined): string[] {
  if (after === undefined || before?.phase === after.phase) return [];
  switch (after.phase) {
    case 'none':
      return [t().said.clusterNone];
    case 'building':
      return [t().said.clusterBuilding];
    case 'connecting':
      return [];
    case 'online':
      return [t().said.clusterOnline];
    case 'offline':
      return [t().said.clusterOffline];
    case 'refused':
      return [t().said.clusterRefused];
  }
}

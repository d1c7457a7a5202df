import type { ClusterState } from '#contract/cluster.ts';
import type { Server } from '#contract/server.ts';
import type { World } from './world.ts';

/**
 * What a screen reader is told when the world changes from `before` to `after`, or undefined when nothing happened that a
 * person waits for. The first snapshot is silent: it is what the page shows, not a change.
 */
export function announcementOf(before: World, after: World): string | undefined {
  if (before.link.phase !== after.link.phase) {
    if (after.link.phase === 'lost') return `The connection to GuildNet is lost. ${after.link.problem.message}`;
    if (before.link.phase === 'lost' && after.link.phase === 'live') return 'Connected to GuildNet again.';
  }
  if (!before.known) return undefined;
  const said = [...workspaceChanges(before, after), ...clusterChange(before.cluster, after.cluster)];
  return said.length === 0 ? undefined : said.join(' ');
}

function workspaceChanges(before: World, after: World): string[] {
  const gone = Object.values(before.servers)
    .filter((server) => after.servers[server.id] === undefined)
    .map((server) => `${server.name} is deleted.`);
  const changed = Object.values(after.servers)
    .filter((server) => before.servers[server.id]?.phase !== server.phase)
    .map(sentence);
  return [...gone, ...changed];
}

function sentence(server: Server): string {
  switch (server.phase) {
    case 'Pending':
      return `${server.name} is pending.`;
    case 'Starting':
      return `${server.name} is starting.`;
    case 'Running':
      return `${server.name} is running.`;
    case 'Stopped':
      return `${server.name} is stopped.`;
    case 'Terminating':
      return `${server.name} is being deleted.`;
    case 'Failed':
      return `${server.name} failed. ${server.failure?.message ?? ''}`.trim();
  }
}

function clusterChange(before: ClusterState | undefined, after: ClusterState | undefined): string[] {
  if (after === undefined || before?.phase === after.phase) return [];
  switch (after.phase) {
    case 'none':
      return ['No cluster is configured.'];
    case 'building':
      return ['The local cluster is being prepared.'];
    case 'connecting':
      return [];
    case 'online':
      return ['The cluster is online.'];
    case 'offline':
      return ['The cluster does not answer.'];
    case 'refused':
      return ['The cluster refused the connection.'];
  }
}

import type { ClusterState } from '#contract/cluster.ts';
import type { Server } from '#contract/server.ts';
import type { Link } from '../state/world.ts';

/**
 * How it stands with an IDE whose page is open. reconnecting: something of the way to its program is not there now; pages go on by
 * themselves when it is. renewed: the program is another one than the page was opened with, so that what ran in it cannot go on.
 */
export type Line = 'whole' | 'reconnecting' | 'renewed';

export interface LineFacts {
  link: Link['phase'];
  cluster: ClusterState['phase'] | undefined;
  server: Pick<Server, 'phase' | 'started_at'> | undefined;
  /** When the program was started that the page was opened with, as far as it is known. */
  openedWith: string | undefined;
}

/** What the person who looks at an IDE is to be told of the way to it. */
export function lineOf({ link, cluster, server, openedWith }: LineFacts): Line {
  if (link === 'lost' || (cluster !== undefined && cluster !== 'online')) return 'reconnecting';
  if (server?.phase === 'Pending' || server?.phase === 'Starting') return 'reconnecting';
  const startedAt = server?.started_at;
  return openedWith !== undefined && startedAt !== undefined && startedAt !== openedWith ? 'renewed' : 'whole';
}

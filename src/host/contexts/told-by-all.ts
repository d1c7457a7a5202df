import type { HostEvent } from '#contract/events.ts';
import type { ClusterConnection } from '../cluster/connection.ts';
import type { Session } from '../cluster/session.ts';
import type { Inbound } from '../inbound/inbound.ts';
import type { EventFeed } from '../workspaces/event-feed.ts';
import type { ServerChange } from '../workspaces/server-list.ts';
import type { WorkspaceStream } from '../workspaces/stream/workspace-stream.ts';
import { otherSessions } from './joined-lists.ts';
import { joinedTracks } from './joined-tracks.ts';
import type { Labelled } from './labelled.ts';
import type { OpenContexts } from './open-contexts.ts';

export interface ToldOptions {
  /** The one in use. */
  own: Pick<ClusterConnection, 'openSession' | 'onSession'>;
  contexts: Pick<OpenContexts, 'list' | 'onList' | 'onChange'>;
  feed: Pick<EventFeed, 'publish' | 'reset'>;
  stream: Pick<WorkspaceStream, 'use'>;
  inbound(): Pick<Inbound, 'workspace' | 'workspaces'>;
}

/** Tells everybody who watches what happens in each context that is open, as one list under the ids that are known here. */
export interface Told {
  /** Begins to listen to a connection, before it is started. Without `as` it is the one in use. */
  follow(cluster: Pick<ClusterConnection, 'onSession'>, as?: Labelled): void;
}

export function createTold({ own, contexts, feed, stream, inbound }: ToldOptions): Told {
  /** What each knew last: a peer's address of a workspace stays while its cluster is not heard. */
  const known = new Map<Labelled | undefined, readonly string[]>();
  const isOpen = (as: Labelled | undefined): boolean =>
    as === undefined || contexts.list().some((one) => one.as === as);

  function track(): void {
    const session = own.openSession;
    stream.use(
      joinedTracks([
        ...(session === undefined ? [] : [{ track: session.workspaces.resources.track }]),
        ...otherSessions(contexts).map((one) => ({ track: one.session.workspaces.resources.track, as: one.as })),
      ]),
    );
  }
  function announce(): void {
    for (const as of known.keys()) if (!isOpen(as)) known.delete(as);
    inbound().workspaces(known.size === 0 ? undefined : [...known.values()].flat());
  }
  contexts.onList(() => {
    track();
    feed.reset();
    announce();
  });
  contexts.onChange(() => feed.publish({ type: 'contexts' }));

  function begin(session: Session, as: Labelled | undefined): void {
    const { workspaces } = session;
    workspaces.onChange((change) => {
      if (!isOpen(as)) return;
      const shown = serverChange(change, as);
      feed.publish(shown);
      if (shown.type === 'delete') inbound().workspace(shown.id, false);
      else inbound().workspace(shown.server.id, true);
    });
    workspaces.homes.onChange((change) => {
      if (isOpen(as)) feed.publish(homeChange(change, as));
    });
    known.set(
      as,
      workspaces.list().map(({ id }) => as?.id(id) ?? id),
    );
  }

  return {
    follow(cluster, as) {
      cluster.onSession((session) => {
        track();
        if (session !== undefined) begin(session, as);
        feed.reset();
        announce();
      });
    },
  };
}

function serverChange(change: ServerChange, as: Labelled | undefined): ServerChange {
  if (as === undefined) return change;
  return change.type === 'delete'
    ? { type: 'delete', id: as.id(change.id) }
    : { type: 'upsert', server: as.server(change.server) };
}

type HomeChange = Extract<HostEvent, { type: 'home' | 'home-delete' }>;

function homeChange(change: HomeChange, as: Labelled | undefined): HomeChange {
  if (as === undefined) return change;
  return change.type === 'home-delete'
    ? { type: 'home-delete', id: as.id(change.id) }
    : { type: 'home', home: as.home(change.home) };
}

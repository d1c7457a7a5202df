import type { ResourceChange, TrackResources } from '../workspaces/stream/workspace-stream.ts';
import { newestFirst } from '../workspaces/resource/listed.ts';
import type { Labelled } from './labelled.ts';

/** What is tracked of one context; without `as` it is the one in use. */
export interface Track {
  track: TrackResources;
  as?: Labelled;
}

/** The workspaces of several contexts as one; undefined where there is none to ask. Pure of one: the stream of a single context is its own. */
export function joinedTracks(tracks: readonly Track[]): TrackResources | undefined {
  const [first] = tracks;
  if (first === undefined) return undefined;
  if (tracks.length === 1 && first.as === undefined) return first.track;
  return (onChange) => {
    const all = tracks.map(({ track, as }) => ({ as, tracked: track((change) => onChange(labelled(change, as))) }));
    return {
      list: () =>
        all
          .flatMap(({ tracked, as }) => (as === undefined ? tracked.list() : tracked.list().map(as.resource)))
          .toSorted((one, other) =>
            newestFirst(
              { created: one.created_at ?? '', id: one.id },
              { created: other.created_at ?? '', id: other.id },
            ),
          ),
      stop() {
        for (const { tracked } of all) tracked.stop();
      },
    };
  };
}

function labelled(change: ResourceChange, as: Labelled | undefined): ResourceChange {
  if (as === undefined) return change;
  return 'deleted' in change ? { deleted: as.id(change.deleted) } : { workspace: as.resource(change.workspace) };
}

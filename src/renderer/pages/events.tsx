import type { JSX } from 'solid-js';
import { EventsView } from '../events/events-view.tsx';
import { WorkspacePart } from '../workspace/workspace-part.tsx';

/** What the cluster has told of one workspace. */
export function EventsPage(): JSX.Element {
  return (
    <WorkspacePart what="Events" view="events">
      {(id) => <EventsView id={id} />}
    </WorkspacePart>
  );
}

import type { JSX } from 'solid-js';
import { EventsView } from '../events/events-view.tsx';
import { WorkspacePart } from '../workspace/workspace-part.tsx';
import { t } from '../words/language.ts';

/** What the cluster has told of one workspace. */
export function EventsPage(): JSX.Element {
  return (
    <WorkspacePart what={t().events.title} view="events">
      {(id) => <EventsView id={id} />}
    </WorkspacePart>
  );
}

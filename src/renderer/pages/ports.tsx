import type { JSX } from 'solid-js';
import { PortsView } from '../ports/ports-view.tsx';
import { WorkspacePart } from '../workspace/workspace-part.tsx';
import { t } from '../words/language.ts';

/** The ports of one workspace. */
export function PortsPage(): JSX.Element {
  return (
    <WorkspacePart what={t().portList.title} view="ports">
      {(id) => <PortsView id={id} />}
    </WorkspacePart>
  );
}

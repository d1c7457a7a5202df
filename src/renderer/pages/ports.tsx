import type { JSX } from 'solid-js';
import { PortsView } from '../ports/ports-view.tsx';
import { WorkspacePart } from '../workspace/workspace-part.tsx';

/** The ports of one workspace. */
export function PortsPage(): JSX.Element {
  return (
    <WorkspacePart what="Ports" view="ports">
      {(id) => <PortsView id={id} />}
    </WorkspacePart>
  );
}

import type { JSX } from 'solid-js';
import { SharingView } from '../sharing/sharing-view.tsx';
import { t } from '../words/language.ts';
import { WorkspacePart } from '../workspace/workspace-part.tsx';

/** With whom one workspace is shared. */
export function WorkspaceSharingPage(): JSX.Element {
  return (
    <WorkspacePart what={t().sharing.title} view="sharing">
      {(id) => <SharingView id={id} />}
    </WorkspacePart>
  );
}

import type { JSX } from 'solid-js';
import { LogView } from '../logs/log-view.tsx';
import { WorkspacePart } from '../workspace/workspace-part.tsx';
import { t } from '../words/language.ts';

/** What one workspace prints. */
export function LogsPage(): JSX.Element {
  return (
    <WorkspacePart what={t().logs.title} view="logs">
      {(id) => <LogView id={id} />}
    </WorkspacePart>
  );
}

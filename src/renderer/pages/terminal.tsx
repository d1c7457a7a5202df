import type { JSX } from 'solid-js';
import { TerminalView } from '../terminal/terminal-view.tsx';
import { WorkspacePart } from '../workspace/workspace-part.tsx';
import { t } from '../words/language.ts';

/** Shells in one workspace. */
export function TerminalPage(): JSX.Element {
  return (
    <WorkspacePart what={t().terminal.title} view="terminal">
      {(id) => <TerminalView id={id} />}
    </WorkspacePart>
  );
}

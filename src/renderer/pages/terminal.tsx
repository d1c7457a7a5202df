import type { JSX } from 'solid-js';
import { TerminalView } from '../terminal/terminal-view.tsx';
import { WorkspacePart } from '../workspace/workspace-part.tsx';

/** Shells in one workspace. */
export function TerminalPage(): JSX.Element {
  return (
    <WorkspacePart what="Terminal" view="terminal">
      {(id) => <TerminalView id={id} />}
    </WorkspacePart>
  );
}

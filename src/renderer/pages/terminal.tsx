import { useNavigate, useParams } from '@solidjs/router';
import { createEffect, Show, type JSX } from 'solid-js';
import type { Server } from '#contract/server.ts';
import { useSession } from '../state/session.tsx';
import { TerminalView } from '../terminal/terminal-view.tsx';
import { AbsentWorkspace } from '../workspace/absent-workspace.tsx';
import { WorkspaceToolbar } from '../workspace/workspace-toolbar.tsx';

/** Shells in one workspace. Its IDE stays open behind. */
export function TerminalPage(): JSX.Element {
  const { world } = useSession();
  const params = useParams<{ id: string }>();
  const navigate = useNavigate();
  const server = (): Server | undefined => world.servers[params.id];
  createEffect(() => {
    document.title = `Terminal of ${server()?.name ?? params.id} — GuildNet`;
  });
  return (
    <Show when={server()} fallback={<AbsentWorkspace id={params.id} />}>
      {(it) => (
        <div class="flex h-full flex-col">
          <WorkspaceToolbar server={it()} view="terminal" onDeleted={() => navigate('/')} />
          {/* Another workspace has other terminals. */}
          <Show when={it().id} keyed>
            {(id) => <TerminalView id={id} />}
          </Show>
        </div>
      )}
    </Show>
  );
}

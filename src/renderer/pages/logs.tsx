import { useNavigate, useParams } from '@solidjs/router';
import { createEffect, Show, type JSX } from 'solid-js';
import type { Server } from '#contract/server.ts';
import { LogView } from '../logs/log-view.tsx';
import { useSession } from '../state/session.tsx';
import { AbsentWorkspace } from '../workspace/absent-workspace.tsx';
import { WorkspaceToolbar } from '../workspace/workspace-toolbar.tsx';

/** What one workspace prints. Its IDE stays open behind. */
export function LogsPage(): JSX.Element {
  const { world } = useSession();
  const params = useParams<{ id: string }>();
  const navigate = useNavigate();
  const server = (): Server | undefined => world.servers[params.id];
  createEffect(() => {
    document.title = `Log of ${server()?.name ?? params.id} — GuildNet`;
  });
  return (
    <Show when={server()} fallback={<AbsentWorkspace id={params.id} />}>
      {(it) => (
        <div class="flex h-full flex-col">
          <WorkspaceToolbar server={it()} view="logs" onDeleted={() => navigate('/')} />
          {/* Another workspace is another log. */}
          <Show when={it().id} keyed>
            {(id) => <LogView id={id} />}
          </Show>
        </div>
      )}
    </Show>
  );
}

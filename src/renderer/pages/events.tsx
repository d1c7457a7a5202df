import { useNavigate, useParams } from '@solidjs/router';
import { createEffect, Show, type JSX } from 'solid-js';
import type { Server } from '#contract/server.ts';
import { EventsView } from '../events/events-view.tsx';
import { useSession } from '../state/session.tsx';
import { AbsentWorkspace } from '../workspace/absent-workspace.tsx';
import { WorkspaceToolbar } from '../workspace/workspace-toolbar.tsx';

/** What the cluster has told of one workspace. Its IDE stays open behind. */
export function EventsPage(): JSX.Element {
  const { world } = useSession();
  const params = useParams<{ id: string }>();
  const navigate = useNavigate();
  const server = (): Server | undefined => world.servers[params.id];
  createEffect(() => {
    document.title = `Events of ${server()?.name ?? params.id} — GuildNet`;
  });
  return (
    <Show when={server()} fallback={<AbsentWorkspace id={params.id} />}>
      {(it) => (
        <div class="flex h-full flex-col">
          <WorkspaceToolbar server={it()} view="events" onDeleted={() => navigate('/')} />
          <Show when={it().id} keyed>
            {(id) => <EventsView id={id} />}
          </Show>
        </div>
      )}
    </Show>
  );
}

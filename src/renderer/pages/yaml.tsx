import { useNavigate, useParams } from '@solidjs/router';
import { createEffect, lazy, Show, Suspense, type JSX } from 'solid-js';
import type { Server } from '#contract/server.ts';
import { useSession } from '../state/session.tsx';
import { AbsentWorkspace } from '../workspace/absent-workspace.tsx';
import { WorkspaceToolbar } from '../workspace/workspace-toolbar.tsx';

// The editor and the language it knows are as large as all the rest: only who comes here has them loaded.
const YamlView = lazy(async () => ({ default: (await import('../yaml/yaml-view.tsx')).YamlView }));

/** One workspace as YAML. Its IDE stays open behind. */
export function YamlPage(): JSX.Element {
  const { world } = useSession();
  const params = useParams<{ id: string }>();
  const navigate = useNavigate();
  const server = (): Server | undefined => world.servers[params.id];
  createEffect(() => {
    document.title = `YAML of ${server()?.name ?? params.id} — GuildNet`;
  });
  return (
    <Show when={server()} fallback={<AbsentWorkspace id={params.id} />}>
      {(it) => (
        <div class="flex h-full flex-col">
          <WorkspaceToolbar server={it()} view="yaml" onDeleted={() => navigate('/')} />
          <Show when={it().id} keyed>
            {(id) => (
              <Suspense
                fallback={
                  <p class="flex items-center gap-2.5 p-4 text-muted">
                    <span class="spinner" /> Loading the editor…
                  </p>
                }
              >
                <YamlView id={id} />
              </Suspense>
            )}
          </Show>
        </div>
      )}
    </Show>
  );
}

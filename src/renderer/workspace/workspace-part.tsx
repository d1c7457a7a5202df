import { useNavigate, useParams } from '@solidjs/router';
import { createEffect, Show, type JSX } from 'solid-js';
import type { Server } from '#contract/server.ts';
import { NotForYou } from '../permission/refused-note.tsx';
import { useSession } from '../state/session.tsx';
import { AbsentWorkspace } from './absent-workspace.tsx';
import { offerOf, type ViewName } from './view-links.tsx';
import { WorkspaceToolbar } from './workspace-toolbar.tsx';
import { t } from '../words/language.ts';

interface WorkspacePartProps {
  /** What the page's title begins with: `Log` of a workspace. */
  what: string;
  view: ViewName;
  /** What there is to see of the workspace with this id: made anew for another one. */
  children: (id: string) => JSX.Element;
}

/** A page about one thing of the workspace that the address names, below its toolbar. Its IDE stays open behind. */
export function WorkspacePart(props: WorkspacePartProps): JSX.Element {
  const { world, whyNot } = useSession();
  const params = useParams<{ id: string }>();
  const navigate = useNavigate();
  const server = (): Server | undefined => world.servers[params.id];
  const refusal = (of: Server): string | undefined => {
    const offer = offerOf(props.view);
    return offer === undefined ? undefined : whyNot(offer, of);
  };
  createEffect(() => {
    document.title = `${t().workspace.titleOf(props.what, server()?.name ?? params.id)} — GuildNet`;
  });
  return (
    <Show when={server()} fallback={<AbsentWorkspace id={params.id} />}>
      {(it) => (
        <div class="flex h-full flex-col">
          <WorkspaceToolbar server={it()} view={props.view} onDeleted={() => navigate('/')} />
          <Show
            when={refusal(it())}
            fallback={
              <Show when={it().id} keyed>
                {(id) => props.children(id)}
              </Show>
            }
          >
            {(reason) => (
              <div class="p-6 max-sm:p-4">
                <NotForYou title={t().permission.notForYou(props.what)} reason={reason()} />
              </div>
            )}
          </Show>
        </div>
      )}
    </Show>
  );
}

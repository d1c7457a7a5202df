import { A, useNavigate, useParams } from '@solidjs/router';
import { createEffect, Match, onCleanup, Show, Switch, type JSX } from 'solid-js';
import type { Server } from '#contract/server.ts';
import { NotForYou } from '../permission/refused-note.tsx';
import { Page } from '../shell/page.tsx';
import { useSession } from '../state/session.tsx';
import { ElsewhereNote } from '../tabs/elsewhere-note.tsx';
import { LaunchProgress } from '../workspace/launch-progress.tsx';
import { WorkspaceToolbar } from '../workspace/workspace-toolbar.tsx';
import { t } from '../words/language.ts';

/** One workspace: its IDE when it runs, and otherwise what is happening and why. */
export function WorkspacePage(): JSX.Element {
  const { world, deck } = useSession();
  const params = useParams<{ id: string }>();
  const server = (): Server | undefined => world.servers[params.id];

  createEffect(() => deck.focus(params.id));
  onCleanup(() => deck.focus(undefined));

  return (
    <Show when={server()} fallback={<Absent id={params.id} />}>
      {(it) => <Present server={it()} />}
    </Show>
  );
}

function Present(props: { server: Server }): JSX.Element {
  const { deck, desktop, whyNot } = useSession();
  const navigate = useNavigate();
  createEffect(() => {
    document.title = `${props.server.name} — GuildNet`;
  });
  return (
    <div class="flex h-full flex-col">
      <WorkspaceToolbar server={props.server} view="workspace" onDeleted={() => navigate('/')} />
      <Show when={deck.current() === undefined}>
        <div class="min-h-0 flex-1 overflow-y-auto">
          <Show
            when={props.server.phase === 'Running' && whyNot('show', props.server)}
            fallback={
              <Show
                when={props.server.phase === 'Running' && desktop.hasWindow(props.server.id)}
                fallback={<LaunchProgress server={props.server} />}
              >
                <ElsewhereNote id={props.server.id} />
              </Show>
            }
          >
            {(reason) => (
              <div class="p-6 max-sm:p-4">
                <NotForYou title={t().permission.notOpened} reason={reason()} />
              </div>
            )}
          </Show>
        </div>
      </Show>
    </div>
  );
}

function Absent(props: { id: string }): JSX.Element {
  const { world } = useSession();
  return (
    <Page title={props.id}>
      <Switch
        fallback={
          <p class="text-muted">
            {t().workspace.absent}{' '}
            <A href="/" class="link">
              {t().frame.showAll}
            </A>
          </p>
        }
      >
        <Match when={!world.known || world.expected[props.id]}>
          <p class="flex items-center gap-2.5 text-muted">
            <span class="spinner" /> {world.known ? t().workspace.expected : t().frame.connecting}
          </p>
        </Match>
      </Switch>
    </Page>
  );
}

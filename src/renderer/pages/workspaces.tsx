import { A } from '@solidjs/router';
import { Show, type JSX } from 'solid-js';
import { Icon } from '../components/icons.tsx';
import { KeptHomesSection } from '../home/kept-homes-section.tsx';
import { PresetCards } from '../launch/preset-cards.tsx';
import { NotForYou } from '../permission/refused-note.tsx';
import { Page } from '../shell/page.tsx';
import { useSession } from '../state/session.tsx';
import { WorkspaceList } from '../workspaces/workspace-list.tsx';
import { t } from '../words/language.ts';

/** Every workspace of the cluster, live. */
export function WorkspacesPage(): JSX.Element {
  const { world, servers, whyNot } = useSession();
  return (
    <Page
      title={t().list.title}
      actions={
        <Show when={servers().length > 0 && whyNot('launch') === undefined}>
          <A href="/launch" class="button button-primary">
            <Icon name="plus" />
            {t().list.launch}
          </A>
        </Show>
      }
    >
      <Show when={world.known} fallback={<Waiting />}>
        <Show
          when={servers().length > 0}
          fallback={
            <Show when={whyNot('launch')} fallback={<Empty />}>
              {(reason) => (
                <>
                  <p class="mb-4 text-muted">{t().permission.nothingToSee}</p>
                  <NotForYou title={t().permission.noLaunch} reason={reason()} />
                </>
              )}
            </Show>
          }
        >
          <WorkspaceList />
        </Show>
        <KeptHomesSection />
      </Show>
    </Page>
  );
}

function Waiting(): JSX.Element {
  const { world } = useSession();
  return (
    <Show when={world.link.phase !== 'lost'}>
      <p class="flex items-center gap-2.5 text-muted">
        <span class="spinner" /> {t().frame.connecting}
      </p>
    </Show>
  );
}

function Empty(): JSX.Element {
  const { shortcuts } = useSession();
  return (
    <div>
      <p class="max-w-prose text-muted">{t().list.empty}</p>
      <div class="mt-5">
        <PresetCards />
      </div>
      <p class="mt-5 text-muted">
        {t().list.or}{' '}
        <A href="/launch" class="link">
          {t().list.anyImage}
        </A>
        <Show when={shortcuts.launchHint()} fallback=".">
          {(key) => (
            <>
              {t().list.orPress} <kbd class="kbd">{key()}</kbd> {t().list.atAnyTime}
            </>
          )}
        </Show>
      </p>
    </div>
  );
}

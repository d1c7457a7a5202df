import { A } from '@solidjs/router';
import { Show, type JSX } from 'solid-js';
import { Icon } from '../components/icons.tsx';
import { KeptHomesSection } from '../home/kept-homes-section.tsx';
import { PresetCards } from '../launch/preset-cards.tsx';
import { Page } from '../shell/page.tsx';
import { useSession } from '../state/session.tsx';
import { WorkspaceList } from '../workspaces/workspace-list.tsx';

/** Every workspace of the cluster, live. */
export function WorkspacesPage(): JSX.Element {
  const { world, servers } = useSession();
  return (
    <Page
      title="Workspaces"
      actions={
        <Show when={servers().length > 0}>
          <A href="/launch" class="button button-primary">
            <Icon name="plus" />
            Launch workspace
          </A>
        </Show>
      }
    >
      <Show when={world.known} fallback={<Waiting />}>
        <Show when={servers().length > 0} fallback={<Empty />}>
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
        <span class="spinner" /> Connecting to GuildNet…
      </p>
    </Show>
  );
}

function Empty(): JSX.Element {
  return (
    <div>
      <p class="max-w-prose text-muted">
        A workspace is a whole dev machine in your cluster: an IDE, a terminal, your files. It keeps running when you
        close this window. Launch the first one:
      </p>
      <div class="mt-5">
        <PresetCards />
      </div>
      <p class="mt-5 text-muted">
        Or{' '}
        <A href="/launch" class="link">
          launch any container image
        </A>
        , or press <kbd class="kbd">N</kbd> at any time.
      </p>
    </div>
  );
}

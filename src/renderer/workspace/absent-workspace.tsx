import { A } from '@solidjs/router';
import type { JSX } from 'solid-js';
import { Page } from '../shell/page.tsx';
import { useSession } from '../state/session.tsx';

/** In place of a page about a workspace that is not there. */
export function AbsentWorkspace(props: { id: string }): JSX.Element {
  const { world } = useSession();
  return (
    <Page title={props.id}>
      <p class="text-muted">
        {world.known ? 'There is no workspace of this name. It may have been deleted. ' : 'Connecting to GuildNet… '}
        <A href="/" class="link">
          Show all workspaces
        </A>
      </p>
    </Page>
  );
}

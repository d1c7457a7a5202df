import { A } from '@solidjs/router';
import type { JSX } from 'solid-js';
import { Page } from '../shell/page.tsx';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';

/** In place of a page about a workspace that is not there. */
export function AbsentWorkspace(props: { id: string }): JSX.Element {
  const { world } = useSession();
  return (
    <Page title={props.id}>
      <p class="text-muted">
        {world.known ? t().workspace.absent : t().frame.connecting}{' '}
        <A href="/" class="link">
          {t().frame.showAll}
        </A>
      </p>
    </Page>
  );
}

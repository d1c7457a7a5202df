import { Show, type JSX } from 'solid-js';
import type { Server } from '#contract/server.ts';
import { Icon } from '../components/icons.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';

/** Says that the browser keeps storage from a workspace's page in here, and leads to a tab, where it does not. */
export function StorageNote(props: { server: Server }): JSX.Element {
  const { deck } = useSession();
  return (
    <Show when={deck.isStorageBlocked(props.server.id)}>
      <ProblemNote
        tone="wait"
        message={t().workspace.storageBlocked}
        remedy={t().workspace.storageInTab}
        onDismiss={() => deck.setStorageBlocked(props.server.id, false)}
        actions={
          <a class="button" href={props.server.ide_url} target="_blank" rel="noopener">
            <Icon name="open" />
            {t().workspace.openItInTab}
          </a>
        }
      />
    </Show>
  );
}

import { Match, Switch, type JSX } from 'solid-js';
import { ProblemNote } from '../components/problem-note.tsx';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';
import { lineOf } from './line.ts';

/**
 * A small mark while the way to an open IDE is not there, and a word when its program is another one than its page was opened with: what ran
 * in that one cannot be resumed, and nothing is reloaded before the person says so.
 */
export function LineNote(props: { id: string }): JSX.Element {
  const { world, deck } = useSession();
  const line = () =>
    lineOf({
      link: world.link.phase,
      cluster: world.cluster?.phase,
      server: world.servers[props.id],
      openedWith: deck.openedWith(props.id),
    });
  return (
    <Switch>
      <Match when={line() === 'reconnecting'}>
        <p role="status" data-testid="reconnecting" class="flex items-center gap-2 text-xs text-muted">
          <span class="spinner" /> {t().workspace.reconnecting}
        </p>
      </Match>
      <Match when={line() === 'renewed'}>
        <ProblemNote
          tone="wait"
          alert
          message={t().workspace.renewed}
          remedy={t().workspace.renewedRemedy}
          onDismiss={() => deck.takeAsOpened(props.id)}
          actions={
            <button type="button" class="button" onClick={() => deck.reload(props.id)}>
              {t().workspace.reload}
            </button>
          }
        />
      </Match>
    </Switch>
  );
}

import { createSignal, Show, type JSX } from 'solid-js';
import type { Server } from '#contract/server.ts';
import { ProblemNote } from '../components/problem-note.tsx';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';

/** Why a workspace does not run, or not as it shall. Unless it has failed, it is said in the colour of waiting. */
export function FailureNote(props: { server: Server }): JSX.Element {
  return (
    <Show when={props.server.failure}>
      {(it) => (
        <ProblemNote
          tone={props.server.phase === 'Failed' ? 'bad' : 'wait'}
          code={it().reason}
          message={it().message}
          remedy={it().remedy}
        />
      )}
    </Show>
  );
}

/** A reason that is longer than this is folded to a line in the list, in UTF-16 code units. */
const longestInARow = 160;

/** The same in a list, where a reason of twenty lines would push the others away: one line, and the rest when asked for. */
export function FoldedFailure(props: { server: Server }): JSX.Element {
  const [isOpen, setOpen] = createSignal(false);
  const isLong = (): boolean => {
    const { message = '', remedy = '' } = props.server.failure ?? {};
    return message.length + remedy.length > longestInARow || message.includes('\n');
  };
  return (
    <Show when={props.server.failure}>
      {(failure) => (
        <Show when={isLong()} fallback={<FailureNote server={props.server} />}>
          <div class="flex items-center gap-2.5">
            <p
              class="min-w-0 flex-1 truncate font-medium"
              classList={{
                'text-bad-ink': props.server.phase === 'Failed',
                'text-wait-ink': props.server.phase !== 'Failed',
              }}
            >
              {isOpen() ? undefined : failure().message}
            </p>
            <button
              type="button"
              class="button button-quiet"
              aria-expanded={isOpen()}
              aria-label={t().list.whyNamed(props.server.name)}
              onClick={() => setOpen(!isOpen())}
            >
              {isOpen() ? t().list.less : t().list.why}
            </button>
          </div>
          <Show when={isOpen()}>
            <FailureNote server={props.server} />
          </Show>
        </Show>
      )}
    </Show>
  );
}

/** Why GuildNet stopped a workspace that nobody asked to stop. */
export function StopNote(props: { server: Server }): JSX.Element {
  return (
    <Show when={props.server.phase === 'Stopped' && props.server.stop_reason}>
      {(reason) => <ProblemNote tone="wait" message={reason()} remedy={t().workspace.startToGoOn} />}
    </Show>
  );
}

/** Why the last thing asked of a workspace was not done. */
export function RefusalNote(props: { id: string }): JSX.Element {
  const { actions } = useSession();
  return (
    <Show when={actions.state.problems[props.id]}>
      {(problem) => <ProblemNote {...problem()} alert onDismiss={() => actions.dismiss(props.id)} />}
    </Show>
  );
}

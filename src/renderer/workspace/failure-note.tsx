import { Show, type JSX } from 'solid-js';
import type { Server } from '#contract/server.ts';
import type { Failure } from '#contract/workspace.ts';
import { ProblemNote } from '../components/problem-note.tsx';
import { useSession } from '../state/session.tsx';

/** Why a workspace does not run. While it still tries, the same is said in the colour of waiting. */
export function FailureNote(props: { server: Server }): JSX.Element {
  const failure = (): Failure | undefined => (props.server.phase === 'Running' ? undefined : props.server.failure);
  return (
    <Show when={failure()}>
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

/** Why the last thing asked of a workspace was not done. */
export function RefusalNote(props: { id: string }): JSX.Element {
  const { actions } = useSession();
  return (
    <Show when={actions.state.problems[props.id]}>
      {(problem) => <ProblemNote {...problem()} alert onDismiss={() => actions.dismiss(props.id)} />}
    </Show>
  );
}

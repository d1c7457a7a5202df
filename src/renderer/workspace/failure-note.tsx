import { Show, type JSX } from 'solid-js';
import type { Server } from '#contract/server.ts';
import { ProblemNote } from '../components/problem-note.tsx';
import { useSession } from '../state/session.tsx';

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

/** Why GuildNet stopped a workspace that nobody asked to stop. */
export function StopNote(props: { server: Server }): JSX.Element {
  return (
    <Show when={props.server.phase === 'Stopped' && props.server.stop_reason}>
      {(reason) => <ProblemNote tone="wait" message={reason()} remedy="Start it to go on; nothing is lost." />}
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

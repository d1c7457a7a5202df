import { Show, type JSX } from 'solid-js';
import { ProblemNote } from '../components/problem-note.tsx';
import { useSession } from '../state/session.tsx';

/** Says what was asked for from outside of the window, by a link for one, and was not done. */
export function OutsideProblem(): JSX.Element {
  const { desktop } = useSession();
  return (
    <Show when={desktop.problem()}>
      {(problem) => (
        <div class="shrink-0 px-4 pt-3">
          <ProblemNote
            title={problem().title}
            message={problem().message}
            remedy={problem().remedy}
            alert
            onDismiss={() => desktop.dismissProblem()}
          />
        </div>
      )}
    </Show>
  );
}

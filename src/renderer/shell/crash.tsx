import type { JSX } from 'solid-js';
import { ProblemNote } from '../components/problem-note.tsx';
import { toShownProblem } from '../problem/shown-problem.ts';
import { t } from '../words/language.ts';

/** What is left to show when the page itself has broken. The workspaces are not touched by that. */
export function Crash(props: { error: unknown }): JSX.Element {
  // Written once, when the page breaks.
  // oxlint-disable-next-line solid/reactivity
  console.error(props.error);
  return (
    <main class="mx-auto flex max-w-xl flex-col items-start gap-4 px-6 py-16">
      <h1 class="text-xl font-semibold">{t().frame.broken}</h1>
      <p class="text-muted">{t().frame.keepRunning}</p>
      <ProblemNote {...toShownProblem(props.error)} alert />
      <button type="button" class="button button-primary" onClick={() => location.reload()}>
        {t().frame.reload}
      </button>
    </main>
  );
}

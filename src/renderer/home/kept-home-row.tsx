import { useNavigate } from '@solidjs/router';
import { Show, type JSX } from 'solid-js';
import type { Home } from '#contract/home.ts';
import { Monogram } from '../components/monogram.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { useSession } from '../state/session.tsx';
import { createClock } from '../time/clock.ts';
import { DeleteHomeButton } from './delete-home-button.tsx';
import { homeWords } from './home-words.ts';
import { t } from '../words/language.ts';

/** One kept home: whose it was, how long it stays, and the two things that can be done with it. */
export function KeptHomeRow(props: { home: Home }): JSX.Element {
  const { actions, whyNot } = useSession();
  const navigate = useNavigate();
  const now = createClock(1000);
  const busy = (): boolean => actions.state.homes.busy[props.home.id] !== undefined;

  const restore = async (): Promise<void> => {
    const { id } = props.home;
    if (await actions.askHome('restore', id)) navigate(`/workspaces/${encodeURIComponent(id)}`);
  };

  return (
    <li class="px-4 py-3">
      <div class="flex items-center gap-3 max-sm:flex-wrap">
        <Monogram of={props.home.id} />
        <div class="min-w-0 flex-1 max-sm:basis-3/4">
          <p class="font-medium wrap-anywhere sm:truncate">{props.home.id}</p>
          <p class="truncate font-mono text-xs text-muted" title={props.home.image}>
            {props.home.image ?? t().homes.imageNotKnown}
          </p>
        </div>
        <p class="w-44 shrink-0 text-sm text-muted tabular-nums max-sm:ml-11 max-sm:w-auto max-sm:shrink max-sm:flex-1">
          <Show when={props.home.size}>{(size) => <span>{size()} · </span>}</Show>
          {homeWords(props.home, now())}
        </p>
        <div class="flex w-34 shrink-0 items-center justify-end gap-0.5">
          <Show when={props.home.state === 'kept' && whyNot('restore', props.home) === undefined}>
            <button
              type="button"
              class="button mr-1"
              aria-label={t().homes.restoreNamed(props.home.id)}
              aria-busy={busy()}
              aria-disabled={busy()}
              onClick={() => void restore()}
            >
              {t().homes.restore}
            </button>
          </Show>
          <Show when={props.home.state === 'kept' && whyNot('delete', props.home) === undefined}>
            <DeleteHomeButton home={props.home} />
          </Show>
        </div>
      </div>
      <div class="flex flex-col gap-2 pl-11 not-empty:mt-2.5 max-sm:pl-0">
        <Show when={actions.state.homes.problems[props.home.id]}>
          {(problem) => <ProblemNote {...problem()} alert onDismiss={() => actions.dismissHome(props.home.id)} />}
        </Show>
      </div>
    </li>
  );
}

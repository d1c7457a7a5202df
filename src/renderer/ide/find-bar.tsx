import { createEffect, createSignal, on, onCleanup, Show, type JSX } from 'solid-js';
import { Icon } from '../components/icons.tsx';
import type { IdeViews } from '../platform/platform.ts';
import { toShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { foundWords } from './found-words.ts';
import { t } from '../words/language.ts';

/** Looks for text in the IDE that is shown, for applications that have no search of their own. */
export function FindBar(props: { id: string; views: IdeViews }): JSX.Element {
  const { desktop, deck } = useSession();
  const [text, setText] = createSignal('');
  let field: HTMLInputElement | undefined;

  const fail = (error: unknown): void => {
    deck.setProblem(toShownProblem(error));
  };
  const look = (isNew: boolean, forward: boolean): void => {
    if (text() !== '') props.views.find(props.id, { text: text(), forward, isNew }).catch(fail);
  };
  const stop = (goesBack: boolean): void => {
    props.views.stopFinding(props.id, goesBack).catch(fail);
  };
  createEffect(
    on(
      text,
      (now) => {
        if (now === '') stop(false);
        else look(true, true);
      },
      { defer: true },
    ),
  );
  createEffect(() => {
    if (!desktop.isFinding()) return;
    queueMicrotask(() => field?.select());
    onCleanup(() => stop(true));
  });

  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') desktop.setFinding(false);
    else if (event.key === 'Enter') look(false, !event.shiftKey);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const words = (): string => {
    const result = desktop.found();
    return foundWords(text(), result?.id === props.id ? result : undefined);
  };

  return (
    <Show when={desktop.isFinding()}>
      <search class="flex items-center gap-2" aria-label={t().search.inIde}>
        <input
          ref={(element) => (field = element)}
          class="input max-w-64"
          type="text"
          maxlength={1_024}
          aria-label={t().search.text}
          value={text()}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKey}
        />
        <p role="status" class="min-w-20 text-sm text-muted tabular-nums">
          {words()}
        </p>
        <button type="button" class="button button-quiet" onClick={() => look(false, false)}>
          {t().search.previous}
        </button>
        <button type="button" class="button button-quiet" onClick={() => look(false, true)}>
          {t().search.next}
        </button>
        <button
          type="button"
          class="button button-quiet button-square"
          aria-label={t().search.close}
          onClick={() => desktop.setFinding(false)}
        >
          <Icon name="close" />
        </button>
      </search>
    </Show>
  );
}

import { createMemo, createSignal, For, Match, Show, Switch, type JSX } from 'solid-js';
import type { Download } from '#contract/desktop.ts';
import { Icon } from '../components/icons.tsx';
import type { DownloadActions } from '../platform/platform.ts';
import { toShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { progressWords, sizeWords } from './size-words.ts';
import { t } from '../words/language.ts';

/** So many are shown at once, newest first; all are in the folder. */
const mostShown = 4;

/** What workspaces' pages have given, below the IDE, which makes room for it: nothing of the page can stand over a view. */
export function DownloadShelf(): JSX.Element {
  const { platform } = useSession();
  return <Show when={platform.downloads}>{(actions) => <Shelf actions={actions()} />}</Show>;
}

function Shelf(props: { actions: DownloadActions }): JSX.Element {
  const { desktop } = useSession();
  /** Those that were there when the shelf was closed stay away. */
  const [dismissed, setDismissed] = createSignal<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = createSignal<string>();
  const shown = createMemo(() =>
    desktop
      .downloads()
      .filter(({ id, state }) => state === 'running' || !dismissed().has(id))
      .slice(0, mostShown),
  );
  const attempt = (what: Promise<void>): void => {
    setProblem(undefined);
    what.catch((error: unknown) => setProblem(toShownProblem(error).message));
  };

  return (
    <Show when={shown().length > 0}>
      <section aria-label={t().downloads.title} class="shrink-0 border-t border-line bg-surface">
        <div class="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1 px-4 py-1.5">
          <ul class="flex min-w-0 flex-1 flex-wrap items-center gap-x-5 gap-y-1.5">
            <For each={shown()}>
              {(download) => <Item download={download} actions={props.actions} attempt={attempt} />}
            </For>
          </ul>
          <Show when={problem()}>
            {(text) => (
              <p role="alert" class="text-sm text-bad-ink">
                {text()}
              </p>
            )}
          </Show>
          <button type="button" class="button button-quiet" onClick={() => attempt(props.actions.chooseFolder())}>
            {t().downloads.choose}
          </button>
          <button
            type="button"
            class="button button-quiet button-square"
            aria-label={t().downloads.close}
            title={t().downloads.closeHint}
            onClick={() => setDismissed(new Set(desktop.downloads().map(({ id }) => id)))}
          >
            <Icon name="close" />
          </button>
        </div>
      </section>
    </Show>
  );
}

function Item(props: {
  download: Download;
  actions: DownloadActions;
  attempt: (what: Promise<void>) => void;
}): JSX.Element {
  return (
    <li class="flex max-w-80 min-w-0 items-center gap-2">
      <div class="min-w-0">
        <p class="truncate font-medium" title={t().downloads.nameOf(props.download.name, props.download.workspace)}>
          {props.download.name}
        </p>
        <p class="truncate text-xs text-muted tabular-nums" title={props.download.problem?.remedy}>
          <Switch>
            <Match when={props.download.state === 'running'}>{progressWords(props.download)}</Match>
            <Match when={props.download.state === 'done'}>{sizeWords(props.download.received)}</Match>
            <Match when={props.download.state === 'cancelled'}>{t().downloads.cancelled}</Match>
            <Match when={props.download.problem}>
              {(problem) => (
                <span class="text-bad-ink">
                  {problem().message} {problem().remedy}
                </span>
              )}
            </Match>
          </Switch>
        </p>
        <Show when={props.download.state === 'running'}>
          <progress
            class="block h-1 w-full"
            aria-label={t().downloads.of(props.download.name)}
            {...(props.download.total > 0 ? { value: props.download.received, max: props.download.total } : {})}
          />
        </Show>
      </div>
      <Show when={props.download.state === 'running'}>
        <button
          type="button"
          class="button button-quiet"
          aria-label={t().downloads.cancelNamed(props.download.name)}
          onClick={() => props.attempt(props.actions.cancel(props.download.id))}
        >
          {t().frame.cancel}
        </button>
      </Show>
      <Show when={props.download.state === 'done'}>
        <button
          type="button"
          class="button button-quiet"
          aria-label={t().downloads.showNamed(props.download.name)}
          onClick={() => props.attempt(props.actions.reveal(props.download.id))}
        >
          {t().downloads.show}
        </button>
      </Show>
    </li>
  );
}

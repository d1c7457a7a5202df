import {
  createEffect,
  createMemo,
  createResource,
  createSignal,
  on,
  onCleanup,
  Show,
  untrack,
  type JSX,
} from 'solid-js';
import { usualLogLines, type LogLine } from '#contract/logs.ts';
import { ProblemNote } from '../components/problem-note.tsx';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { followLog } from './follow-log.ts';
import { copiedText, keptLines, matchingLines } from './kept-lines.ts';
import { LogControls, type LogChoice } from './log-controls.tsx';
import { LogLines } from './log-lines.tsx';
import { t } from '../words/language.ts';

/** The log of one workspace, followed for as long as it is looked at. */
export function LogView(props: { id: string }): JSX.Element {
  const { platform, world } = useSession();
  const [choice, setChoice] = createSignal<LogChoice>({ level: '', container: '', isPrevious: false });
  const [lines, setLines] = createSignal<readonly LogLine[]>([]);
  const [problem, setProblem] = createSignal<ShownProblem>();
  const [copyProblem, setCopyProblem] = createSignal<ShownProblem>();
  const [search, setSearch] = createSignal('');
  const [isPaused, setPaused] = createSignal(false);
  const [isWrapped, setWrapped] = createSignal(true);
  const [isAtEnd, setAtEnd] = createSignal(true);
  const [isCopied, setCopied] = createSignal(false);
  const [tries, setTries] = createSignal(0);
  const shown = createMemo(() => matchingLines(lines(), search()));
  const phase = (): string | undefined => world.servers[props.id]?.phase;
  const [containers] = createResource(
    // A new pod may have others.
    () => (phase() === 'Stopped' ? undefined : { id: props.id, phase: phase() }),
    async ({ id }) => (await platform.host.logs.recent({ id, limit: 0 }).catch(() => undefined))?.containers ?? [],
  );
  let lastId: string | undefined;
  let searchField: HTMLInputElement | undefined;

  createEffect(
    on([choice, isPaused, tries], ([wanted, paused], before) => {
      const { level, container, isPrevious } = wanted;
      setProblem(undefined);
      // Another choice is another log.
      if (before !== undefined && before[0] !== wanted) {
        lastId = undefined;
        setLines([]);
        setAtEnd(true);
      }
      if (paused) return;
      const target = untrack(() => props.id);
      const following = followLog({
        lastId,
        open: (after, signal) =>
          platform.host.logs.follow(
            {
              target,
              tail: usualLogLines,
              previous: isPrevious,
              ...(level === '' ? {} : { level }),
              ...(container === '' ? {} : { container }),
            },
            { signal, ...(after === undefined ? {} : { lastEventId: after }) },
          ),
        onLines: (added) => setLines((kept) => keptLines(kept, added)),
        onProblem: setProblem,
      });
      onCleanup(() => {
        lastId = following.stop();
      });
    }),
  );

  const copy = (): void => {
    navigator.clipboard.writeText(copiedText(shown())).then(
      () => {
        setCopyProblem(undefined);
        setCopied(true);
        setTimeout(() => setCopied(false), 2_000);
      },
      (error: unknown) => setCopyProblem(toShownProblem(error)),
    );
  };
  const onKey = (event: KeyboardEvent): void => {
    const inText = event.target instanceof HTMLElement && event.target.matches('input, textarea, select');
    if (event.key === '/' && !inText && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      searchField?.focus();
    } else if (event.key === 'Escape' && event.target === searchField) setSearch('');
  };
  window.addEventListener('keydown', onKey);
  onCleanup(() => window.removeEventListener('keydown', onKey));

  return (
    <section aria-label={t().logs.title} class="relative flex min-h-0 flex-1 flex-col">
      <LogControls
        choice={choice()}
        onChoice={(part) => {
          setPaused(false);
          setChoice((old) => ({ ...old, ...part }));
        }}
        containers={containers() ?? []}
        search={search()}
        onSearch={setSearch}
        searchField={(element) => (searchField = element)}
        isPaused={isPaused()}
        onPause={() => setPaused((paused) => !paused)}
        isWrapped={isWrapped()}
        onWrap={() => setWrapped((wrapped) => !wrapped)}
        canCopy={shown().length > 0}
        onCopy={copy}
        isCopied={isCopied()}
      />
      <div class="flex flex-col gap-2 not-empty:p-2">
        <Show when={problem()}>
          {(it) => (
            <ProblemNote
              {...it()}
              alert
              actions={
                <button type="button" class="button shrink-0" onClick={() => setTries((count) => count + 1)}>
                  {t().asking.tryAgain}
                </button>
              }
            />
          )}
        </Show>
        <Show when={copyProblem()}>
          {(it) => <ProblemNote {...it()} alert onDismiss={() => setCopyProblem(undefined)} />}
        </Show>
      </div>
      <LogLines lines={shown()} isWrapped={isWrapped()} isAtEnd={isAtEnd()} onAtEnd={setAtEnd}>
        <p class="px-4 py-8 text-center font-sans text-muted">
          {lines().length > 0 ? t().logs.nothingLikeThat : t().logs.nothing}
        </p>
      </LogLines>
      <Show when={!isAtEnd() && shown().length > 0}>
        <button type="button" class="button absolute right-6 bottom-4 shadow-float" onClick={() => setAtEnd(true)}>
          {t().logs.toNewest}
        </button>
      </Show>
    </section>
  );
}

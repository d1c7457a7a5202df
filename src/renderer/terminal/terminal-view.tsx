import { createSignal, For, onMount, Show, type JSX } from 'solid-js';
import { Icon } from '../components/icons.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { newTab, shownAfterClosing, tabAfterKey, tabName, tabsOf, type TerminalTab } from './tabs.ts';
import { TerminalPane } from './terminal-pane.tsx';
import { t } from '../words/language.ts';

/** The terminals of one workspace, in tabs. */
export function TerminalView(props: { id: string }): JSX.Element {
  const { platform } = useSession();
  const { terminals } = platform.host;
  const [tabs, setTabs] = createSignal<readonly TerminalTab[]>([]);
  const [shown, setShown] = createSignal<number>();
  const [problem, setProblem] = createSignal<ShownProblem>();

  const begin = (): void => {
    setProblem(undefined);
    terminals.list({ id: props.id }).then(
      (sessions) => {
        const found = tabsOf(sessions);
        setTabs(found);
        setShown(found.at(-1)?.key);
      },
      (error: unknown) => setProblem(toShownProblem(error)),
    );
  };
  onMount(begin);

  const add = (): void => {
    const tab = newTab(tabs());
    setTabs((all) => [...all, tab]);
    setShown(tab.key);
  };
  const change = (key: number, part: Partial<TerminalTab>): void => {
    // A tab is shown by its key, so that another object in its place keeps its terminal.
    setTabs((all) => all.map((tab) => (tab.key === key ? { ...tab, ...part } : tab)));
  };
  const close = (closed: TerminalTab): void => {
    setShown((now) => (now === undefined ? undefined : shownAfterClosing(tabs(), closed.key, now)));
    setTabs((all) => all.filter(({ key }) => key !== closed.key));
    if (closed.session === undefined) return;
    terminals.end({ id: props.id, session: closed.session }).catch((error: unknown) => {
      const refused = toShownProblem(error);
      // Its shell has ended by itself.
      if (refused.code !== 'not_found') setProblem(refused);
    });
  };
  const keys = (): number[] => tabs().map(({ key }) => key);
  const shownTab = (): { tab: TerminalTab; index: number } | undefined => {
    const index = tabs().findIndex(({ key }) => key === shown());
    const tab = tabs()[index];
    return tab === undefined ? undefined : { tab, index };
  };
  /** As a list of tabs is walked by keys (WAI-ARIA Authoring Practices, "Tabs"). */
  const onTabKey = (event: KeyboardEvent): void => {
    const now = shown();
    const next = now === undefined ? undefined : tabAfterKey(keys(), now, event.key);
    if (next === undefined) return;
    event.preventDefault();
    setShown(next);
    document.querySelector<HTMLElement>(`#terminal-tab-${String(next)}`)?.focus();
  };
  const tabOf = (key: number): TerminalTab | undefined => tabs().find((tab) => tab.key === key);

  return (
    <section aria-label={t().terminal.title} class="flex min-h-0 flex-1 flex-col">
      <div class="flex shrink-0 items-center gap-1 overflow-x-auto border-b border-line px-2 py-1">
        <div role="tablist" aria-label={t().terminal.tabs} class="flex items-center gap-1" onKeyDown={onTabKey}>
          <For each={tabs()}>
            {(tab, index) => (
              <button
                type="button"
                role="tab"
                id={`terminal-tab-${String(tab.key)}`}
                class="button button-quiet max-w-48"
                classList={{ 'bg-accent-soft': shown() === tab.key }}
                aria-selected={shown() === tab.key}
                tabindex={shown() === tab.key ? 0 : -1}
                onClick={() => setShown(tab.key)}
              >
                <span class="truncate">{tabName(tab, index())}</span>
              </button>
            )}
          </For>
        </div>
        <button type="button" class="button button-quiet button-square" aria-label={t().terminal.add} onClick={add}>
          <Icon name="plus" />
        </button>
        {/* Beside the tabs and not in them: a list of tabs holds nothing else, and one that is closed by mistake takes its program with it. */}
        <Show when={shownTab()}>
          {(it) => (
            <button
              type="button"
              class="button button-quiet ml-auto"
              title={t().terminal.endHint}
              onClick={() => close(it().tab)}
            >
              <Icon name="close" />
              <span class="max-w-48 truncate">{t().terminal.end(tabName(it().tab, it().index))}</span>
            </button>
          )}
        </Show>
      </div>
      <Show when={problem()}>
        {(it) => (
          <div class="p-2">
            <ProblemNote
              {...it()}
              alert
              onDismiss={() => setProblem(undefined)}
              actions={
                <Show when={tabs().length === 0}>
                  <button type="button" class="button shrink-0" onClick={begin}>
                    {t().asking.tryAgain}
                  </button>
                </Show>
              }
            />
          </div>
        )}
      </Show>
      <div class="relative min-h-0 flex-1">
        <For each={keys()}>
          {(key) => (
            <TerminalPane
              id={props.id}
              tab={`terminal-tab-${String(key)}`}
              session={tabOf(key)?.session}
              isShown={shown() === key}
              onSession={(session) => change(key, { session })}
              onTitle={(title) => change(key, { title: title.slice(0, 100) })}
              onAnother={() => {
                const ended = tabOf(key);
                add();
                if (ended !== undefined) close(ended);
              }}
            />
          )}
        </For>
        <Show when={tabs().length === 0 && problem() === undefined}>
          <p class="p-8 text-center text-muted">
            <button type="button" class="button" onClick={add}>
              <Icon name="plus" />
              {t().terminal.add}
            </button>
          </p>
        </Show>
      </div>
    </section>
  );
}

import { createSignal, For, Show, type JSX } from 'solid-js';
import { Icon } from '../components/icons.tsx';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';
import { TabItem } from './tab-item.tsx';
import { unsplitTabs } from './tabs.ts';
import { useTabs } from './use-tabs.ts';

/** The open workspaces, above every page: arrow keys walk them, Enter shows one, Delete or the middle button closes it. */
export function TabBar(): JSX.Element {
  const { deck, platform, tabs } = useSession();
  const actions = useTabs();
  const ids = (): string[] => tabs.now().ids;
  /** The one that Tab leads to: there is one for all of them (WAI-ARIA Authoring Practices, tabs). */
  const [reached, setReached] = createSignal<string>();
  const [dragged, setDragged] = createSignal<string>();
  const entrance = (): string | undefined =>
    [reached(), deck.focused(), ids()[0]].find((id) => id !== undefined && ids().includes(id));
  let row: HTMLDivElement | undefined;

  const reach = (id: string | undefined): void => {
    if (id === undefined) return;
    setReached(id);
    queueMicrotask(() => row?.querySelector<HTMLElement>(`[data-tab="${CSS.escape(id)}"]`)?.focus());
  };
  const onKey = (event: KeyboardEvent): void => {
    const at = ids().indexOf(entrance() ?? '');
    const id = ids()[at];
    if (id === undefined || event.altKey || event.metaKey) return;
    const isMove = event.ctrlKey && event.shiftKey;
    if (event.ctrlKey !== isMove) return;
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by !== undefined && isMove) {
      actions.move(id, at + by);
      reach(id);
    } else if (isMove) return;
    else if (by !== undefined) reach(ids()[(at + by + ids().length) % ids().length]);
    else if (event.key === 'Home') reach(ids()[0]);
    else if (event.key === 'End') reach(ids().at(-1));
    else if (event.key === 'Enter' || event.key === ' ') actions.show(id);
    else if (event.key === 'Delete') {
      actions.close(id);
      reach(ids()[at] ?? ids().at(-1));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <Show when={ids().length > 0}>
      <div class="flex shrink-0 items-stretch border-b border-line bg-sunken">
        <div
          ref={(element) => (row = element)}
          role="tablist"
          aria-label={t().tabs.title}
          class="flex min-w-0 flex-1 items-stretch overflow-x-auto [scrollbar-width:none]"
          onKeyDown={onKey}
        >
          <For each={ids()}>
            {(id, place) => (
              <TabItem
                id={id}
                isEntrance={entrance() === id}
                isDragged={dragged() === id}
                onShow={() => {
                  setReached(id);
                  actions.show(id);
                }}
                onClose={() => actions.close(id)}
                onDrag={(isBegun) => setDragged(isBegun ? id : undefined)}
                onDraggedOver={() => {
                  const moved = dragged();
                  if (moved !== undefined && moved !== id) actions.move(moved, place());
                }}
              />
            )}
          </For>
        </div>
        <div class="flex shrink-0 items-center gap-0.5 px-1.5">
          <Show
            when={deck.beside()}
            fallback={
              <Show when={deck.current() !== undefined && ids().length > 1}>
                <BarButton icon="beside" label={t().tabs.splitRight} onClick={() => actions.split('row')} />
                <BarButton icon="below" label={t().tabs.splitBelow} onClick={() => actions.split('column')} />
              </Show>
            }
          >
            <BarButton icon="panel" label={t().tabs.endSplit} onClick={() => tabs.change(unsplitTabs)} />
          </Show>
          <Show when={deck.current()}>
            {(id) => (
              <BarButton
                icon="open"
                label={platform.ide === undefined ? t().tabs.browserWindow : t().tabs.popOut}
                onClick={() => actions.popOut(id())}
              />
            )}
          </Show>
        </div>
      </div>
    </Show>
  );
}

function BarButton(props: {
  icon: 'beside' | 'below' | 'panel' | 'open';
  label: string;
  onClick: () => void;
}): JSX.Element {
  return (
    <button
      type="button"
      class="button button-quiet button-square"
      aria-label={props.label}
      title={props.label}
      onClick={() => props.onClick()}
    >
      <Icon name={props.icon} />
    </button>
  );
}

import { createVirtualizer } from '@tanstack/solid-virtual';
import { createMemo, createSignal, For, onCleanup, onMount, Show, type JSX } from 'solid-js';
import type { Server } from '#contract/server.ts';
import { useSession } from '../state/session.tsx';
import { WorkspaceRow } from '../workspace/workspace-row.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { ListControls } from './list-controls.tsx';
import { usualView, viewed, type ListView } from './list-view.ts';
import { afterClick } from './selection.ts';
import { t } from '../words/language.ts';

/** A row without a failure, in CSS pixels; every row is measured when it is shown. */
const usualRowHeight = 62;
/** Controls are for lists that one does not see at a glance. */
const fewest = 5;

/** All workspaces, with those rows alone in the page that can be seen, so that five thousand scroll like five. */
export function WorkspaceList(): JSX.Element {
  const { world, servers } = useSession();
  const [view, setView] = createSignal<ListView>(usualView);
  const [selected, setSelected] = createSignal<ReadonlySet<string>>(new Set());
  const [last, setLast] = createSignal<string>();
  const [top, setTop] = createSignal(0);
  const shown = createMemo(() => viewed(servers(), view()));
  const ids = createMemo(() => shown().map(({ id }) => id));
  const hasSeveralContexts = createMemo(() => servers().some(({ context }) => context !== undefined));
  const contextOf = ({ context }: Server): string | undefined =>
    hasSeveralContexts() ? (context ?? world.cluster?.context) : undefined;
  let list: HTMLUListElement | undefined;

  const scroller = (): HTMLElement | null => list?.closest<HTMLElement>('[data-scrolls]') ?? null;
  const virtual = createVirtualizer<HTMLElement, HTMLLIElement>({
    get count() {
      return shown().length;
    },
    get scrollMargin() {
      return top();
    },
    getScrollElement: scroller,
    estimateSize: () => usualRowHeight,
    getItemKey: (place) => ids()[place] ?? place,
    overscan: 8,
  });

  /** By id and not by place: a question that is open in a row stays that workspace's when another one comes in above it. */
  const rows = createMemo(() => new Map(virtual.getVirtualItems().map((item) => [ids()[item.index] ?? '', item])));
  const placeOf = (id: string): { index: number; of: number; offset: number } => {
    const item = rows().get(id);
    return { index: item?.index ?? 0, of: shown().length, offset: (item?.start ?? 0) - top() };
  };

  // What stands above the list, banners and controls, moves it.
  onMount(() => {
    const measure = (): void => {
      const around = scroller();
      if (list === undefined || around === null) return;
      setTop(list.getBoundingClientRect().top - around.getBoundingClientRect().top + around.scrollTop);
    };
    measure();
    const observer = new ResizeObserver(measure);
    for (const element of [scroller(), list?.parentElement]) if (element) observer.observe(element);
    onCleanup(() => observer.disconnect());
  });

  const select = (id: string, isOn: boolean, isReaching: boolean): void => {
    setSelected(afterClick(selected(), ids(), { id, isOn, from: isReaching ? last() : undefined }));
    setLast(id);
  };

  return (
    <section aria-label={t().list.title}>
      <Show when={servers().length >= fewest}>
        <ListControls view={view()} shown={shown().length} total={servers().length} onChange={setView} />
      </Show>
      <BulkBar shown={shown()} selected={selected()} onSelect={setSelected} />
      <Show when={shown().length === 0}>
        <p class="py-6 text-center text-muted">{t().list.noneLikeThat}</p>
      </Show>
      <ul
        ref={(element) => (list = element)}
        aria-label={t().list.title}
        class="card relative"
        classList={{ hidden: shown().length === 0 }}
        style={{ height: `${String(virtual.getTotalSize())}px` }}
      >
        <For each={[...rows().keys()]}>
          {(id) => (
            <Show when={world.servers[id]}>
              {(server) => (
                <WorkspaceRow
                  ref={(element) => queueMicrotask(() => virtual.measureElement(element))}
                  server={server()}
                  context={contextOf(server())}
                  place={placeOf(id)}
                  isSelected={selected().has(id)}
                  onSelect={(isOn, isReaching) => select(id, isOn, isReaching)}
                />
              )}
            </Show>
          )}
        </For>
      </ul>
    </section>
  );
}

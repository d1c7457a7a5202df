import { Show, type JSX } from 'solid-js';
import { Icon } from '../components/icons.tsx';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';
import { tabMark, type TabMark } from './tab-mark.ts';

interface TabItemProps {
  id: string;
  /** Whether Tab leads here. */
  isEntrance: boolean;
  isDragged: boolean;
  onShow: () => void;
  onClose: () => void;
  onDrag: (isBegun: boolean) => void;
  onDraggedOver: () => void;
}

const dots: Readonly<Record<TabMark, string>> = {
  starting: 'bg-wait-dot pulse',
  reconnecting: 'bg-wait-dot pulse',
  stopped: 'bg-quiet-dot',
  ending: 'bg-quiet-dot pulse',
  failed: 'bg-bad-dot',
  hung: 'bg-bad-dot',
  resting: 'border border-quiet-dot',
  window: 'bg-accent',
};

/** One open workspace in the row of tabs, with what there is to know of it. */
export function TabItem(props: TabItemProps): JSX.Element {
  const { world, deck, desktop, platform } = useSession();
  const name = (): string => world.servers[props.id]?.name ?? props.id;
  const mark = (): TabMark | undefined =>
    tabMark({
      server: world.servers[props.id],
      link: world.link.phase,
      cluster: world.cluster?.phase,
      openedWith: deck.openedWith(props.id),
      view: platform.ide === undefined ? undefined : desktop.view(props.id),
      hasWindow: desktop.hasWindow(props.id),
      isOpen: deck.opened().includes(props.id),
    });
  const words = (): string => {
    const it = mark();
    return it === undefined ? name() : `${name()}: ${t().tabs.marks[it]}`;
  };
  const isHere = (): boolean => deck.focused() === props.id;
  const isSeen = (): boolean => isHere() || deck.beside() === props.id;
  return (
    <div
      role="tab"
      data-tab={props.id}
      aria-selected={isHere()}
      aria-label={words()}
      aria-keyshortcuts="Delete Control+Shift+ArrowLeft Control+Shift+ArrowRight"
      tabindex={props.isEntrance ? 0 : -1}
      title={`${words()}\n${t().tabs.hint}`}
      draggable="true"
      class="group flex h-9 min-w-24 max-w-56 cursor-default items-center gap-2 border-r border-b-2 border-line pr-1.5 pl-3 select-none focus-visible:-outline-offset-2"
      classList={{
        'bg-surface border-b-accent': isHere(),
        'bg-surface border-b-line-strong': isSeen() && !isHere(),
        'border-b-transparent text-muted': !isSeen(),
        'opacity-50': props.isDragged,
      }}
      onClick={() => props.onShow()}
      onMouseDown={(event) => {
        // Not the sign by which Chromium scrolls.
        if (event.button === 1) event.preventDefault();
      }}
      onAuxClick={(event) => {
        if (event.button === 1) props.onClose();
      }}
      onDragStart={(event) => {
        if (event.dataTransfer !== null) event.dataTransfer.effectAllowed = 'move';
        props.onDrag(true);
      }}
      onDragEnd={() => props.onDrag(false)}
      onDragEnter={() => props.onDraggedOver()}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => event.preventDefault()}
    >
      <Show when={mark()}>
        {(it) => <span class={`size-2 shrink-0 rounded-full ${dots[it()]}`} aria-hidden="true" />}
      </Show>
      <span class="min-w-0 flex-1 truncate" aria-hidden="true">
        {name()}
      </span>
      {/* For the mouse alone: a tab holds nothing that has the focus, and Delete closes it. */}
      <span
        aria-hidden="true"
        data-close=""
        title={t().tabs.close}
        class="grid size-5 shrink-0 place-items-center rounded hover:bg-hover"
        classList={{ 'opacity-0 group-hover:opacity-100': !isHere() }}
        onClick={(event) => {
          event.stopPropagation();
          props.onClose();
        }}
      >
        <Icon name="close" class="size-3" />
      </span>
    </div>
  );
}

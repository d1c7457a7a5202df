import { useLocation } from '@solidjs/router';
import { createEffect, createSignal, on, onCleanup, Show, type JSX } from 'solid-js';
import { Icon, Mark } from '../components/icons.tsx';
import { useSession } from '../state/session.tsx';
import { Sidebar } from './sidebar.tsx';
import { t } from '../words/language.ts';

/** On a phone: a bar with the way to everything, and the sidebar over the page while it is asked for. */
export function DrawerBar(): JSX.Element {
  const { deck } = useSession();
  const location = useLocation();
  const [isOpen, setOpen] = createSignal(false);
  let button: HTMLButtonElement | undefined;
  const close = (): void => {
    setOpen(false);
    button?.focus();
  };
  // Whoever has chosen wants to see it.
  createEffect(
    on(
      () => location.pathname,
      () => setOpen(false),
      { defer: true },
    ),
  );
  createEffect(() => {
    if (!isOpen()) return;
    onCleanup(deck.cover());
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') close();
    };
    window.addEventListener('keydown', onKey);
    onCleanup(() => window.removeEventListener('keydown', onKey));
  });
  return (
    <>
      <header class="flex h-11 shrink-0 items-center gap-2 border-b border-line bg-sunken px-2">
        <button
          ref={(element) => (button = element)}
          type="button"
          class="button button-quiet button-square"
          aria-label={t().frame.menu}
          aria-expanded={isOpen()}
          onClick={() => setOpen(!isOpen())}
        >
          <Icon name="panel" />
        </button>
        <Mark />
        <span class="font-semibold tracking-tight">GuildNet</span>
      </header>
      <Show when={isOpen()}>
        <div class="dialog-scrim" onClick={close} aria-hidden="true" />
        <div class="fixed inset-y-0 left-0 z-50 flex shadow-lg">
          <Sidebar isDrawer onFold={close} />
        </div>
      </Show>
    </>
  );
}

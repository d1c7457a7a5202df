// By their own names: the library's `Dialog` and `AlertDialog` are one object, whose parts are those of the alert wherever both are in a page.
import { Content, Overlay, Portal, Root, Title } from '@kobalte/core/dialog';
import {
  createComputed,
  createEffect,
  createMemo,
  createSignal,
  createUniqueId,
  For,
  on,
  onCleanup,
  Show,
  type JSX,
} from 'solid-js';
import { useSession } from '../state/session.tsx';
import { commandsOf, type Command } from './commands.ts';
import { matching } from './matching.ts';
import { useCommand } from './use-command.ts';
import { t } from '../words/language.ts';

/** Every page, workspace and thing to do by its name: Ctrl+K, or ⌘K, and a few letters. */
export function CommandPalette(): JSX.Element {
  const { deck, desktop } = useSession();
  // The desktop paints IDEs above the page: they make room meanwhile.
  createEffect(() => {
    if (desktop.isPaletteOpen()) onCleanup(deck.cover());
  });
  /** Where the keys were. The library gives them back to what opened a dialog, and nothing on the page opens this one. */
  let before: Element | null = null;
  createComputed(() => {
    if (desktop.isPaletteOpen()) before = document.activeElement;
  });
  const giveBack = (event: Event): void => {
    event.preventDefault();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  };
  const leave = (): void => {
    before = null;
    desktop.setPaletteOpen(false);
  };
  return (
    <Root open={desktop.isPaletteOpen()} onOpenChange={(isOpen) => desktop.setPaletteOpen(isOpen)}>
      <Portal>
        <Overlay class="dialog-scrim" />
        <div class="fixed inset-0 z-50 flex justify-center px-4 pt-[12vh] pb-6">
          <Content
            onCloseAutoFocus={giveBack}
            class="card flex max-h-full w-full max-w-xl flex-col self-start overflow-hidden shadow-float"
          >
            <Title class="sr-only">{t().palette.title}</Title>
            <Choice close={leave} />
          </Content>
        </div>
      </Portal>
    </Root>
  );
}

/** The field and its list, as a combobox (WAI-ARIA Authoring Practices): the focus stays in the field. */
function Choice(props: { close: () => void }): JSX.Element {
  const { servers, presets, deck, desktop, platform, caller, tabs } = useSession();
  const perform = useCommand();
  const [query, setQuery] = createSignal('');
  const [place, setPlace] = createSignal(0);
  const listId = createUniqueId();
  const optionId = (at: number): string => `${listId}-${String(at)}`;
  let list: HTMLUListElement | undefined;

  const commands = createMemo(() =>
    commandsOf({
      servers: servers(),
      presets: presets.state === 'ready' || presets.state === 'refreshing' ? (presets.latest ?? []) : [],
      shownView: platform.ide === undefined ? undefined : deck.current(),
      hasDownloads: platform.downloads !== undefined,
      tabs: {
        ids: tabs.now().ids,
        here: deck.focused(),
        canReopen: tabs.now().closed.length > 0,
        isSplit: deck.beside() !== undefined,
        hasWindow: desktop.hasWindow(deck.focused() ?? ''),
      },
      caller: caller(),
    }),
  );
  const matches = createMemo(() => matching(commands(), query()));
  createEffect(on(query, () => setPlace(0)));
  createEffect(() => {
    list?.children[place()]?.scrollIntoView({ block: 'nearest' });
  });

  const choose = (command: Command | undefined): void => {
    if (command === undefined) return;
    props.close();
    perform(command.intent).catch((error: unknown) => console.error(error));
  };
  const move = (by: number): void => {
    const { length } = matches();
    if (length > 0) setPlace((place() + by + length) % length);
  };
  const onKey = (event: KeyboardEvent): void => {
    // The Enter that ends an input method's word chooses nothing.
    if (event.isComposing) return;
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter') choose(matches()[place()]);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <input
        class="w-full border-b border-line bg-transparent px-4 py-3 text-base outline-none"
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={matches().length > 0 ? optionId(place()) : undefined}
        aria-label={t().palette.command}
        placeholder={t().palette.placeholder}
        maxlength={200}
        value={query()}
        onInput={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={onKey}
      />
      <ul
        ref={(element) => (list = element)}
        id={listId}
        role="listbox"
        aria-label={t().palette.title}
        class="min-h-0 flex-1 overflow-y-auto p-1.5"
      >
        <For each={matches()}>
          {(command, at) => (
            <li
              id={optionId(at())}
              role="option"
              aria-selected={at() === place()}
              class="flex cursor-default items-baseline gap-3 rounded-md px-2.5 py-1.5"
              classList={{ 'bg-sunken': at() === place() }}
              onPointerMove={() => setPlace(at())}
              onClick={() => choose(command)}
            >
              <span class="min-w-0 flex-1 truncate">{command.title}</span>
              <span class="shrink-0 text-xs text-muted">{t().palette.groups[command.group]}</span>
            </li>
          )}
        </For>
      </ul>
      <Show when={matches().length === 0}>
        <p role="status" class="px-4 pb-4 text-muted">
          {t().palette.nothing}
        </p>
      </Show>
    </>
  );
}

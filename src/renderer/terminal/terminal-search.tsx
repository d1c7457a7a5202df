import { createSignal, onMount, Show, type JSX } from 'solid-js';
import { Icon } from '../components/icons.tsx';
import { t } from '../words/language.ts';

interface TerminalSearchProps {
  find: (text: string, direction: 'next' | 'previous') => boolean;
  onClose: () => void;
}

/** Searches what a terminal shows and has shown. */
export function TerminalSearch(props: TerminalSearchProps): JSX.Element {
  const [text, setText] = createSignal('');
  const [isFound, setFound] = createSignal(true);
  let field: HTMLInputElement | undefined;
  onMount(() => field?.focus());
  const find = (direction: 'next' | 'previous'): void => {
    setFound(text() === '' || props.find(text(), direction));
  };
  return (
    <div role="search" class="flex shrink-0 items-center gap-2 border-b border-line bg-surface px-2 py-1.5">
      <input
        ref={(it) => (field = it)}
        type="search"
        class="input min-w-0 flex-1"
        aria-label={t().terminal.search}
        placeholder={t().search.hint}
        autocomplete="off"
        spellcheck={false}
        value={text()}
        onInput={(event) => {
          setText(event.currentTarget.value);
          find('previous');
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') props.onClose();
          else if (event.key === 'Enter') find(event.shiftKey ? 'next' : 'previous');
          else return;
          event.preventDefault();
        }}
      />
      <Show when={!isFound()}>
        <span role="status" class="text-muted">
          {t().search.notFound}
        </span>
      </Show>
      <button type="button" class="button button-quiet" onClick={() => find('previous')}>
        {t().search.previous}
      </button>
      <button type="button" class="button button-quiet" onClick={() => find('next')}>
        {t().search.next}
      </button>
      <button type="button" class="button button-quiet" aria-label={t().search.close} onClick={() => props.onClose()}>
        <Icon name="close" />
      </button>
    </div>
  );
}

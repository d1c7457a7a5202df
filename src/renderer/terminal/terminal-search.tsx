import { createSignal, onMount, Show, type JSX } from 'solid-js';
import { Icon } from '../components/icons.tsx';

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
        aria-label="Search the terminal"
        placeholder="Search"
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
          Not found
        </span>
      </Show>
      <button type="button" class="button button-quiet" onClick={() => find('previous')}>
        Previous
      </button>
      <button type="button" class="button button-quiet" onClick={() => find('next')}>
        Next
      </button>
      <button type="button" class="button button-quiet" aria-label="Close the search" onClick={() => props.onClose()}>
        <Icon name="close" />
      </button>
    </div>
  );
}

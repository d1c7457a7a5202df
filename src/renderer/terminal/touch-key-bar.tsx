import { For, type JSX } from 'solid-js';
import { touchKeys } from './touch-keys.ts';
import { t } from '../words/language.ts';

interface TouchKeyBarProps {
  /** Ctrl is held for the next character. */
  isControl: boolean;
  onControl: () => void;
  onKey: (text: string) => void;
}

/** Below a terminal, where there is no keyboard but a screen's. */
export function TouchKeyBar(props: TouchKeyBarProps): JSX.Element {
  // A button that takes the focus would have the screen's keyboard go.
  const keepFocus = (event: Event): void => event.preventDefault();
  return (
    <div
      role="toolbar"
      aria-label={t().terminal.keys}
      class="flex shrink-0 gap-1 overflow-x-auto border-t border-line bg-sunken px-2 py-1"
      onPointerDown={keepFocus}
      onMouseDown={keepFocus}
    >
      <button type="button" class="button shrink-0" aria-pressed={props.isControl} onClick={() => props.onControl()}>
        Ctrl
      </button>
      <For each={touchKeys}>
        {({ label, name, text }) => (
          <button
            type="button"
            class="button shrink-0"
            aria-label={t().terminal.keyNames[name]}
            onClick={() => props.onKey(text)}
          >
            {label}
          </button>
        )}
      </For>
    </div>
  );
}

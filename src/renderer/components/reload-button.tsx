import { Show, type JSX } from 'solid-js';
import { Icon } from './icons.tsx';

interface ReloadButtonProps {
  label: string;
  isBusy: boolean;
  onReload: () => void;
}

/** Asks for something anew. While that is under way it turns, and does nothing. */
export function ReloadButton(props: ReloadButtonProps): JSX.Element {
  return (
    <button
      type="button"
      class="button"
      aria-busy={props.isBusy}
      aria-disabled={props.isBusy}
      onClick={() => {
        if (!props.isBusy) props.onReload();
      }}
    >
      <Show when={props.isBusy} fallback={<Icon name="reload" />}>
        <span class="spinner" />
      </Show>
      {props.label}
    </button>
  );
}

import { createSignal, onCleanup, Show, type JSX } from 'solid-js';
import { t } from '../words/language.ts';

const shownMs = 2_000;

/** Puts a text into the clipboard, and says so; where the browser does not let it, the text beside it can be selected. */
export function CopyButton(props: { text: string; label: string }): JSX.Element {
  const [state, setState] = createSignal<'copied' | 'refused'>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  const say = (what: 'copied' | 'refused'): void => {
    setState(what);
    clearTimeout(timer);
    timer = setTimeout(() => setState(undefined), shownMs);
  };
  const copy = (): void => {
    navigator.clipboard.writeText(props.text).then(
      () => say('copied'),
      () => say('refused'),
    );
  };
  return (
    <>
      <button type="button" class="button" aria-label={props.label} onClick={copy}>
        {t().frame.copy}
      </button>
      <span role="status" class="text-sm text-muted empty:hidden">
        <Show when={state()}>{(what) => t().frame[what() === 'copied' ? 'copied' : 'notCopied']}</Show>
      </span>
    </>
  );
}

import { createSignal, type JSX } from 'solid-js';
import { portOf } from './port-words.ts';
import { t } from '../words/language.ts';

interface ForwardFormProps {
  /** True when it was done. */
  onForward: (port: number, isAnyFree: boolean) => Promise<boolean>;
}

/** Asks for a port that is not in the list, or for another one here. */
export function ForwardForm(props: ForwardFormProps): JSX.Element {
  const [text, setText] = createSignal('');
  const [isAnyFree, setAnyFree] = createSignal(false);
  const [isBusy, setBusy] = createSignal(false);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const port = portOf(text());
    if (port === undefined || isBusy()) return;
    setBusy(true);
    if (await props.onForward(port, isAnyFree())) setText('');
    setBusy(false);
  };
  return (
    <form class="flex flex-wrap items-center gap-3" onSubmit={(event) => void submit(event)}>
      <input
        class="input w-28! font-mono"
        type="text"
        inputmode="numeric"
        autocomplete="off"
        aria-label={t().portList.port}
        placeholder="5432"
        value={text()}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <label class="flex items-center gap-2">
        <input type="checkbox" checked={isAnyFree()} onChange={(event) => setAnyFree(event.currentTarget.checked)} />
        {t().portList.anyFree}
      </label>
      <button type="submit" class="button" disabled={portOf(text()) === undefined} aria-busy={isBusy()}>
        {t().portList.forward}
      </button>
    </form>
  );
}

import { createUniqueId, type JSX } from 'solid-js';
import { t } from '../words/language.ts';

interface LinesFieldProps {
  label: string;
  value: string;
  placeholder?: string;
  hint?: string;
  problem?: string | undefined;
  onInput: (value: string) => void;
}

/** A labelled text of several lines, with its hint or what is wrong with it below. */
export function LinesField(props: LinesFieldProps): JSX.Element {
  const id = createUniqueId();
  return (
    <div>
      <label for={id} class="mb-1 block font-medium">
        {props.label}
        <span class="font-normal text-muted"> {t().frame.optional}</span>
      </label>
      <textarea
        id={id}
        class="input h-auto min-h-16 py-1.5 font-mono"
        rows={2}
        value={props.value}
        placeholder={props.placeholder}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        aria-invalid={props.problem !== undefined}
        aria-describedby={`${id}-note`}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
      <p
        id={`${id}-note`}
        class="mt-1 text-sm wrap-anywhere empty:hidden"
        classList={{ 'text-bad-ink': props.problem !== undefined, 'text-muted': props.problem === undefined }}
      >
        {props.problem ?? props.hint}
      </p>
    </div>
  );
}

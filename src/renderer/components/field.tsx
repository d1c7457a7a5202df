import { createUniqueId, For, Show, type JSX } from 'solid-js';
import { t } from '../words/language.ts';

interface FieldProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  placeholder?: string;
  hint?: JSX.Element;
  problem?: string | undefined;
  required?: boolean;
  mono?: boolean;
  /** What is offered while somebody types. */
  proposals?: readonly string[];
  ref?: (element: HTMLInputElement) => void;
}

/** A labelled line of text, with its hint or what is wrong with it below. */
export function Field(props: FieldProps): JSX.Element {
  const id = createUniqueId();
  return (
    <div>
      <label for={id} class="mb-1 block font-medium">
        {props.label}
        <Show when={props.required !== true}>
          <span class="font-normal text-muted"> {t().frame.optional}</span>
        </Show>
      </label>
      <input
        ref={(element) => props.ref?.(element)}
        id={id}
        class="input"
        classList={{ 'font-mono': props.mono === true }}
        type="text"
        value={props.value}
        placeholder={props.placeholder}
        list={props.proposals === undefined ? undefined : `${id}-proposals`}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        aria-required={props.required === true}
        aria-invalid={props.problem !== undefined}
        aria-describedby={`${id}-note`}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
      <Show when={props.proposals}>
        {(proposals) => (
          <datalist id={`${id}-proposals`}>
            <For each={proposals()}>{(proposal) => <option value={proposal} />}</For>
          </datalist>
        )}
      </Show>
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

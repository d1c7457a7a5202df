import { createUniqueId, For, type JSX } from 'solid-js';

interface SelectFieldProps<T extends string> {
  label: string;
  value: T;
  /** The words for each value, in the order in which they are offered. */
  words: Readonly<Record<T, string>>;
  onChange: (value: T) => void;
}

/** A labelled choice of a few. */
export function SelectField<T extends string>(props: SelectFieldProps<T>): JSX.Element {
  const id = createUniqueId();
  return (
    <div>
      <label for={id} class="mb-1 block font-medium">
        {props.label}
      </label>
      <select
        id={id}
        class="input"
        value={props.value}
        onChange={(event) => props.onChange(event.currentTarget.value as T)}
      >
        <For each={Object.keys(props.words) as T[]}>
          {(value) => <option value={value}>{props.words[value]}</option>}
        </For>
      </select>
    </div>
  );
}

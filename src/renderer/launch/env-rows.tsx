import { createUniqueId, Index, Show, type JSX } from 'solid-js';
import { Icon } from '../components/icons.tsx';
import { parseEnvLines } from './env-lines.ts';
import type { EnvRow } from './form-model.ts';
import { t } from '../words/language.ts';

interface EnvRowsProps {
  rows: EnvRow[];
  problems: Record<number, string>;
  onChange: (rows: EnvRow[]) => void;
}

/** Environment variables, one a row. Lines of the form NAME=value that are pasted into a name become rows. */
export function EnvRows(props: EnvRowsProps): JSX.Element {
  const set = (at: number, part: Partial<EnvRow>): void =>
    props.onChange(props.rows.map((row, index) => (index === at ? { ...row, ...part } : row)));

  const paste = (at: number, event: ClipboardEvent): void => {
    const pasted = parseEnvLines(event.clipboardData?.getData('text') ?? '');
    if (pasted === undefined) return;
    event.preventDefault();
    props.onChange(props.rows.toSpliced(at, 1, ...pasted));
  };

  return (
    <fieldset>
      <legend class="mb-1 font-medium">
        {t().env.title} <span class="font-normal text-muted">{t().frame.optional}</span>
      </legend>
      <div class="flex flex-col gap-2">
        <Index each={props.rows}>
          {(row, index) => (
            <EnvRowFields
              row={row()}
              number={index + 1}
              problem={props.problems[index]}
              onChange={(part) => set(index, part)}
              onPaste={(event) => paste(index, event)}
              onRemove={() => props.onChange(props.rows.toSpliced(index, 1))}
            />
          )}
        </Index>
        <button
          type="button"
          class="button button-quiet -ml-2.5 self-start"
          onClick={() => props.onChange([...props.rows, { name: '', value: '' }])}
        >
          <Icon name="plus" />
          {t().env.add}
        </button>
      </div>
    </fieldset>
  );
}

function EnvRowFields(props: {
  row: EnvRow;
  number: number;
  problem: string | undefined;
  onChange: (part: Partial<EnvRow>) => void;
  onPaste: (event: ClipboardEvent) => void;
  onRemove: () => void;
}): JSX.Element {
  const id = createUniqueId();
  return (
    <div>
      <div class="grid grid-cols-[minmax(0,1fr)_minmax(0,2fr)_auto] gap-2">
        <input
          ref={(element) => queueMicrotask(() => props.row.name === '' && props.row.value === '' && element.focus())}
          class="input font-mono"
          aria-label={t().env.name(props.number)}
          placeholder="NAME"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          value={props.row.name}
          aria-invalid={props.problem !== undefined}
          aria-describedby={id}
          onInput={(event) => props.onChange({ name: event.currentTarget.value })}
          onPaste={(event) => props.onPaste(event)}
        />
        <input
          class="input font-mono"
          aria-label={t().env.value(props.number)}
          placeholder={t().env.valueHint}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          value={props.row.value}
          onInput={(event) => props.onChange({ value: event.currentTarget.value })}
        />
        <button
          type="button"
          class="button button-quiet button-square"
          aria-label={t().env.remove(props.number)}
          onClick={() => props.onRemove()}
        >
          <Icon name="close" />
        </button>
      </div>
      <p id={id} class="mt-1 text-sm wrap-anywhere text-bad-ink empty:hidden">
        <Show when={props.problem}>{props.problem}</Show>
      </p>
    </div>
  );
}

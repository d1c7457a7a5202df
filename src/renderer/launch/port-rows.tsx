import { Collapsible } from '@kobalte/core/collapsible';
import { createUniqueId, Index, type JSX } from 'solid-js';
import { Icon } from '../components/icons.tsx';
import type { PortRow } from './form-model.ts';
import { t } from '../words/language.ts';

interface PortRowsProps {
  rows: PortRow[];
  problems: Record<number, string>;
  onChange: (rows: PortRow[]) => void;
}

/** The ports a container listens on, folded away: images that are known, and 8080, need none. */
export function PortRows(props: PortRowsProps): JSX.Element {
  const set = (at: number, part: Partial<PortRow>): void =>
    props.onChange(props.rows.map((row, index) => (index === at ? { ...row, ...part } : row)));

  return (
    <Collapsible>
      <Collapsible.Trigger class="button button-quiet group -ml-2.5">
        <Icon name="chevron" class="transition-transform group-data-expanded:rotate-90" />
        {t().ports.advanced}
      </Collapsible.Trigger>
      <Collapsible.Content class="pt-2">
        <fieldset>
          <legend class="mb-1 font-medium">
            {t().ports.title} <span class="font-normal text-muted">{t().frame.optional}</span>
          </legend>
          <p class="mb-2 text-sm text-muted">{t().ports.about}</p>
          <div class="flex flex-col gap-2">
            <Index each={props.rows}>
              {(row, index) => (
                <PortRowFields
                  row={row()}
                  number={index + 1}
                  problem={props.problems[index]}
                  onChange={(part) => set(index, part)}
                  onRemove={() => props.onChange(props.rows.toSpliced(index, 1))}
                />
              )}
            </Index>
            <button
              type="button"
              class="button button-quiet -ml-2.5 self-start"
              onClick={() => props.onChange([...props.rows, { port: '', name: '' }])}
            >
              <Icon name="plus" />
              {t().ports.add}
            </button>
          </div>
        </fieldset>
      </Collapsible.Content>
    </Collapsible>
  );
}

function PortRowFields(props: {
  row: PortRow;
  number: number;
  problem: string | undefined;
  onChange: (part: Partial<PortRow>) => void;
  onRemove: () => void;
}): JSX.Element {
  const id = createUniqueId();
  return (
    <div>
      <div class="grid max-w-sm grid-cols-[minmax(0,1fr)_minmax(0,2fr)_auto] gap-2">
        <input
          ref={(element) => queueMicrotask(() => props.row.port === '' && props.row.name === '' && element.focus())}
          class="input tabular-nums"
          aria-label={t().ports.number(props.number)}
          placeholder="8080"
          inputmode="numeric"
          autocomplete="off"
          value={props.row.port}
          aria-invalid={props.problem !== undefined}
          aria-describedby={id}
          onInput={(event) => props.onChange({ port: event.currentTarget.value })}
        />
        <input
          class="input"
          aria-label={t().ports.name(props.number)}
          placeholder={t().ports.nameHint}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          value={props.row.name}
          onInput={(event) => props.onChange({ name: event.currentTarget.value })}
        />
        <button
          type="button"
          class="button button-quiet button-square"
          aria-label={t().ports.remove(props.number)}
          onClick={() => props.onRemove()}
        >
          <Icon name="close" />
        </button>
      </div>
      <p id={id} class="mt-1 text-sm text-bad-ink empty:hidden">
        {props.problem}
      </p>
    </div>
  );
}

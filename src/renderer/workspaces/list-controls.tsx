import type { JSX } from 'solid-js';
import { SelectField } from '../components/select-field.tsx';
import type { ListView } from './list-view.ts';
import { t } from '../words/language.ts';
import { numberWords } from '../words/numbers.ts';

interface ListControlsProps {
  view: ListView;
  shown: number;
  total: number;
  onChange: (view: ListView) => void;
}

/** Which workspaces the list shows, and in which order. */
export function ListControls(props: ListControlsProps): JSX.Element {
  const change = (part: Partial<ListView>): void => props.onChange({ ...props.view, ...part });
  return (
    <div class="mb-3 flex flex-wrap items-end gap-3" role="search">
      <label class="min-w-48 flex-1">
        <span class="mb-1 block font-medium">{t().list.filter}</span>
        <input
          class="input"
          type="search"
          maxlength={253}
          placeholder={t().list.filterHint}
          value={props.view.text}
          onInput={(event) => change({ text: event.currentTarget.value })}
        />
      </label>
      <div class="flex gap-3 max-sm:w-full max-sm:*:min-w-0 max-sm:*:flex-1">
        <SelectField
          label={t().list.phase}
          value={props.view.phase}
          words={t().list.phaseFilters}
          onChange={(phase) => change({ phase })}
        />
        <SelectField
          label={t().list.order}
          value={props.view.order}
          words={t().list.orders}
          onChange={(order) => change({ order })}
        />
      </div>
      <p role="status" class="pb-1.5 text-sm text-muted tabular-nums">
        {props.shown === props.total
          ? t().list.count(props.total, numberWords(props.total))
          : t().list.some(numberWords(props.shown), numberWords(props.total))}
      </p>
    </div>
  );
}

import type { JSX } from 'solid-js';
import { SelectField } from '../components/select-field.tsx';
import { orders, phaseFilters, type ListView } from './list-view.ts';

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
        <span class="mb-1 block font-medium">Filter</span>
        <input
          class="input"
          type="search"
          maxlength={253}
          placeholder="Name, image, owner or node"
          value={props.view.text}
          onInput={(event) => change({ text: event.currentTarget.value })}
        />
      </label>
      <div class="flex gap-3 max-sm:w-full max-sm:*:min-w-0 max-sm:*:flex-1">
        <SelectField
          label="Phase"
          value={props.view.phase}
          words={phaseFilters}
          onChange={(phase) => change({ phase })}
        />
        <SelectField label="Order" value={props.view.order} words={orders} onChange={(order) => change({ order })} />
      </div>
      <p role="status" class="pb-1.5 text-sm text-muted tabular-nums">
        {props.shown === props.total
          ? `${String(props.total)} workspaces`
          : `${String(props.shown)} of ${String(props.total)}`}
      </p>
    </div>
  );
}

import { createUniqueId, For, type JSX } from 'solid-js';
import { SelectField } from '../components/select-field.tsx';
import { t } from '../words/language.ts';
import type { ActivityFilter } from './activity-filter.ts';

interface ActivityControlsProps {
  filter: ActivityFilter;
  /** What is proposed while somebody types. */
  workspaces: readonly string[];
  people: readonly string[];
  /** How much there is, in words. */
  count: string;
  onChange: (filter: ActivityFilter) => void;
}

/** Which entries of the audit are shown. */
export function ActivityControls(props: ActivityControlsProps): JSX.Element {
  const change = (part: Partial<ActivityFilter>): void => props.onChange({ ...props.filter, ...part });
  return (
    <div class="mb-3 flex flex-wrap items-end gap-3" role="search">
      <Search
        label={t().activity.workspace}
        placeholder={t().activity.workspaceHint}
        value={props.filter.workspace}
        proposals={props.workspaces}
        onInput={(workspace) => change({ workspace })}
      />
      <Search
        label={t().activity.who}
        placeholder={t().activity.whoHint}
        value={props.filter.who}
        proposals={props.people}
        onInput={(who) => change({ who })}
      />
      <div class="max-sm:flex-1">
        <SelectField
          label={t().activity.decision}
          value={props.filter.decision}
          words={t().activity.decisions}
          onChange={(decision) => change({ decision })}
        />
      </div>
      <p role="status" class="pb-1.5 text-sm text-muted tabular-nums">
        {props.count}
      </p>
    </div>
  );
}

function Search(props: {
  label: string;
  placeholder: string;
  value: string;
  proposals: readonly string[];
  onInput: (value: string) => void;
}): JSX.Element {
  const list = createUniqueId();
  return (
    <label class="min-w-40 flex-1 max-sm:min-w-full">
      <span class="mb-1 block font-medium">{props.label}</span>
      <input
        class="input"
        type="search"
        list={list}
        maxlength={253}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        placeholder={props.placeholder}
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
      <datalist id={list}>
        <For each={props.proposals}>{(proposal) => <option value={proposal} />}</For>
      </datalist>
    </label>
  );
}

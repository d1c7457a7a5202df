import { Collapsible } from '@kobalte/core/collapsible';
import type { JSX } from 'solid-js';
import type { PullPolicy } from '#contract/spec/container.ts';
import { Field } from '../components/field.tsx';
import { Icon } from '../components/icons.tsx';
import { SelectField } from '../components/select-field.tsx';
import type { LaunchForm, ResourceField } from './form-model.ts';

const words: Readonly<Record<PullPolicy | '', string>> = {
  '': 'As its tag asks for',
  Always: 'At every start',
  IfNotPresent: 'When the node does not have it',
  Never: 'Never',
};

interface ResourceFieldsProps {
  form: Pick<LaunchForm, ResourceField | 'pullPolicy'>;
  problemOf: (field: ResourceField) => string | undefined;
  onChange: (part: Partial<LaunchForm>) => void;
}

/** What it gets of its node, and when its image is pulled; folded away, for the defaults fit an idle machine. */
export function ResourceFields(props: ResourceFieldsProps): JSX.Element {
  const amount = (name: ResourceField, label: string, placeholder: string): JSX.Element => (
    <Field
      label={label}
      placeholder={placeholder}
      value={props.form[name]}
      problem={props.problemOf(name)}
      onInput={(text) => props.onChange({ [name]: text })}
    />
  );
  return (
    <Collapsible>
      <Collapsible.Trigger class="button button-quiet group -ml-2.5">
        <Icon name="chevron" class="transition-transform group-data-expanded:rotate-90" />
        Resources
      </Collapsible.Trigger>
      <Collapsible.Content class="flex flex-col gap-4 pt-2">
        <div class="grid grid-cols-2 gap-4 max-sm:grid-cols-1">
          {amount('cpu', 'CPU to have', '10m')}
          {amount('cpuLimit', 'CPU at most', 'no limit')}
          {amount('memory', 'Memory to have', '128Mi')}
          {amount('memoryLimit', 'Memory at most', 'no limit')}
        </div>
        <SelectField
          label="Pull policy"
          value={props.form.pullPolicy}
          words={words}
          onChange={(pullPolicy) => props.onChange({ pullPolicy })}
        />
      </Collapsible.Content>
    </Collapsible>
  );
}

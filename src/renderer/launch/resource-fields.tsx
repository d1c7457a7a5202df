import { Collapsible } from '@kobalte/core/collapsible';
import type { JSX } from 'solid-js';
import { Field } from '../components/field.tsx';
import { Icon } from '../components/icons.tsx';
import { SelectField } from '../components/select-field.tsx';
import type { LaunchForm, ResourceField } from './form-model.ts';
import { t } from '../words/language.ts';

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
        {t().resources.title}
      </Collapsible.Trigger>
      <Collapsible.Content class="flex flex-col gap-4 pt-2">
        <div class="grid grid-cols-2 gap-4 max-sm:grid-cols-1">
          {amount('cpu', t().resources.cpu, '10m')}
          {amount('cpuLimit', t().resources.cpuLimit, t().resources.noLimit)}
          {amount('memory', t().resources.memory, '128Mi')}
          {amount('memoryLimit', t().resources.memoryLimit, t().resources.noLimit)}
        </div>
        <SelectField
          label={t().resources.pullPolicy}
          value={props.form.pullPolicy}
          words={t().resources.pullPolicies}
          onChange={(pullPolicy) => props.onChange({ pullPolicy })}
        />
      </Collapsible.Content>
    </Collapsible>
  );
}

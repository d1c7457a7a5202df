import { Collapsible } from '@kobalte/core/collapsible';
import { Show, type JSX } from 'solid-js';
import { Field } from '../components/field.tsx';
import { Icon } from '../components/icons.tsx';
import { LinesField } from '../components/lines-field.tsx';
import { SelectField } from '../components/select-field.tsx';
import type { PlacementField, PlacementForm } from './placement-fields.ts';
import { t } from '../words/language.ts';

interface PlacementChoiceProps {
  form: PlacementForm;
  problemOf: (field: PlacementField) => string | undefined;
  onChange: (part: Partial<PlacementForm>) => void;
}

/** Another program than the image's, where it runs, how it is reached, and when it ends; folded away, as few need it. */
export function PlacementChoice(props: PlacementChoiceProps): JSX.Element {
  const words = (): ReturnType<typeof t>['placement'] => t().placement;
  const line = (name: PlacementField, label: string, placeholder: string, hint?: string): JSX.Element => (
    <Field
      label={label}
      placeholder={placeholder}
      {...(hint === undefined ? {} : { hint })}
      value={props.form[name]}
      problem={props.problemOf(name)}
      onInput={(text) => props.onChange({ [name]: text })}
    />
  );
  const lines = (name: 'command' | 'args', label: string, placeholder: string): JSX.Element => (
    <LinesField
      label={label}
      placeholder={placeholder}
      hint={words().wordALine}
      value={props.form[name]}
      problem={props.problemOf(name)}
      onInput={(text) => props.onChange({ [name]: text })}
    />
  );
  return (
    <Collapsible>
      <Collapsible.Trigger class="button button-quiet group -ml-2.5">
        <Icon name="chevron" class="transition-transform group-data-expanded:rotate-90" />
        {words().title}
      </Collapsible.Trigger>
      <Collapsible.Content class="grid grid-cols-2 gap-4 pt-2 max-sm:grid-cols-1">
        {lines('command', words().command, words().fromImage)}
        {lines('args', words().args, words().fromImage)}
        <SelectField
          label={words().exposure}
          value={props.form.exposure}
          words={words().exposures}
          onChange={(exposure) => props.onChange({ exposure })}
        />
        <Show when={props.form.exposure === 'Ingress'}>
          {line('domain', words().domain, 'dev.example.com', words().domainHint)}
        </Show>
        {line('nodeLabels', words().nodeLabels, 'kubernetes.io/arch=arm64', words().nodeLabelsHint)}
        {line('serviceAccount', words().serviceAccount, words().noToken, words().serviceAccountHint)}
        {line('stopIdle', words().stopIdle, words().never)}
        {line('ttl', words().ttl, words().never)}
      </Collapsible.Content>
    </Collapsible>
  );
}

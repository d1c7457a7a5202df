import { Show, type JSX } from 'solid-js';
import type { ProbeKind } from '#contract/spec/probe.ts';
import { Field } from '../components/field.tsx';
import { SelectField } from '../components/select-field.tsx';
import { asksForPath, type LaunchForm } from './form-model.ts';
import { t } from '../words/language.ts';

interface ProbeChoiceProps {
  probe: ProbeKind;
  path: string;
  problem: string | undefined;
  onChange: (part: Partial<Pick<LaunchForm, 'probe' | 'probePath'>>) => void;
}

/** How it is seen that the program is up. */
export function ProbeChoice(props: ProbeChoiceProps): JSX.Element {
  return (
    <div class="grid grid-cols-[2fr_1fr] gap-4 max-sm:grid-cols-1">
      <SelectField
        label={t().probe.label}
        value={props.probe}
        words={t().probe.choices}
        onChange={(probe) => props.onChange({ probe })}
      />
      <Show when={asksForPath(props.probe)}>
        <Field
          label={t().probe.path}
          placeholder="/"
          value={props.path}
          problem={props.problem}
          onInput={(probePath) => props.onChange({ probePath })}
        />
      </Show>
    </div>
  );
}

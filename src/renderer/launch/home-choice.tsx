import { Show, type JSX } from 'solid-js';
import { Field } from '../components/field.tsx';
import { SelectField } from '../components/select-field.tsx';
import type { LaunchForm } from './form-model.ts';
import { t } from '../words/language.ts';

type Choice = LaunchForm['home'];

interface HomeChoiceProps {
  home: Choice;
  size: string;
  path: string;
  /** Where it is if nobody says, once that is known. */
  usualPath: string | undefined;
  problem: string | undefined;
  pathProblem: string | undefined;
  onChange: (part: Partial<Pick<LaunchForm, 'home' | 'homeSize' | 'homePath'>>) => void;
}

/** Whether the workspace keeps files in a home volume, how large that is, and where. */
export function HomeChoice(props: HomeChoiceProps): JSX.Element {
  return (
    <div class="grid grid-cols-[2fr_1fr] gap-4 max-sm:grid-cols-1">
      <SelectField
        label={t().home.label}
        value={props.home}
        words={t().home.choices}
        onChange={(home) => props.onChange({ home })}
      />
      <Show when={props.home !== 'no'}>
        <Field
          label={t().home.size}
          placeholder="10Gi"
          value={props.size}
          problem={props.problem}
          onInput={(homeSize) => props.onChange({ homeSize })}
        />
        <div class="col-span-2 max-sm:col-span-1">
          <Field
            label={t().home.path}
            mono
            placeholder={props.usualPath ?? '/home/workspace'}
            hint={t().home.pathHint}
            value={props.path}
            problem={props.pathProblem}
            onInput={(homePath) => props.onChange({ homePath })}
          />
        </div>
      </Show>
    </div>
  );
}

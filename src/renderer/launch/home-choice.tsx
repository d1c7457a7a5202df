import { createUniqueId, Show, type JSX } from 'solid-js';
import { Field } from '../components/field.tsx';
import type { LaunchForm } from './form-model.ts';

type Choice = LaunchForm['home'];

const words: Readonly<Record<Choice, string>> = {
  image: 'If the image is an IDE',
  yes: 'Yes',
  no: 'No: files go with the workspace',
};

interface HomeChoiceProps {
  home: Choice;
  size: string;
  problem: string | undefined;
  onChange: (part: Partial<Pick<LaunchForm, 'home' | 'homeSize'>>) => void;
}

/** Whether the workspace keeps files in a home volume, and how large that is. */
export function HomeChoice(props: HomeChoiceProps): JSX.Element {
  const id = createUniqueId();
  return (
    <div class="grid grid-cols-[2fr_1fr] gap-4 max-sm:grid-cols-1">
      <div>
        <label for={id} class="mb-1 block font-medium">
          Home volume
        </label>
        <select
          id={id}
          class="input"
          value={props.home}
          onChange={(event) => props.onChange({ home: event.currentTarget.value as Choice })}
        >
          <option value="image">{words.image}</option>
          <option value="yes">{words.yes}</option>
          <option value="no">{words.no}</option>
        </select>
      </div>
      <Show when={props.home !== 'no'}>
        <Field
          label="Home size"
          placeholder="10Gi"
          value={props.size}
          problem={props.problem}
          onInput={(homeSize) => props.onChange({ homeSize })}
        />
      </Show>
    </div>
  );
}

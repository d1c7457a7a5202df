import { Show, type JSX } from 'solid-js';
import type { ProbeKind } from '#contract/spec/probe.ts';
import { Field } from '../components/field.tsx';
import { SelectField } from '../components/select-field.tsx';
import { asksForPath, type LaunchForm } from './form-model.ts';

const words: Readonly<Record<ProbeKind, string>> = {
  http: 'It answers a web request',
  slow: 'It answers a web request, minutes after its start',
  tcp: 'Its first port is open',
  none: 'Its program runs',
};

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
        label="Ready when"
        value={props.probe}
        words={words}
        onChange={(probe) => props.onChange({ probe })}
      />
      <Show when={asksForPath(props.probe)}>
        <Field
          label="Path asked for"
          placeholder="/"
          value={props.path}
          problem={props.problem}
          onInput={(probePath) => props.onChange({ probePath })}
        />
      </Show>
    </div>
  );
}

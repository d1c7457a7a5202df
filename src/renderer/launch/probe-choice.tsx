import { createUniqueId, Show, type JSX } from 'solid-js';
import type { ProbeKind } from '#contract/spec/probe.ts';
import { Field } from '../components/field.tsx';
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
  const id = createUniqueId();
  return (
    <div class="grid grid-cols-[2fr_1fr] gap-4 max-sm:grid-cols-1">
      <div>
        <label for={id} class="mb-1 block font-medium">
          Ready when
        </label>
        <select
          id={id}
          class="input"
          value={props.probe}
          onChange={(event) => props.onChange({ probe: event.currentTarget.value as ProbeKind })}
        >
          <option value="http">{words.http}</option>
          <option value="slow">{words.slow}</option>
          <option value="tcp">{words.tcp}</option>
          <option value="none">{words.none}</option>
        </select>
      </div>
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

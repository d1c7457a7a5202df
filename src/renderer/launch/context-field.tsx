import { Show, type JSX } from 'solid-js';
import { SelectField } from '../components/select-field.tsx';
import { createContexts } from '../cluster/open-contexts.ts';
import { t } from '../words/language.ts';

interface ContextFieldProps {
  /** Empty: the one in use. */
  context: string;
  onChange: (context: string) => void;
}

/** Where it is launched, while several contexts are open. */
export function ContextField(props: ContextFieldProps): JSX.Element {
  const known = createContexts();
  const words = (): Record<string, string> => {
    const inUse = known().find(({ current }) => current)?.name;
    const others = known().filter(({ open }) => open !== undefined);
    return {
      '': inUse === undefined ? t().cluster.inUse : `${inUse} (${t().cluster.inUse})`,
      ...Object.fromEntries(others.map(({ name }) => [name, name])),
    };
  };
  return (
    <Show when={known().some(({ open }) => open !== undefined)}>
      <SelectField
        label={t().cluster.facts.context}
        value={props.context}
        words={words()}
        onChange={(context) => props.onChange(context)}
      />
    </Show>
  );
}

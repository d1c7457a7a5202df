import { For, Show, type JSX } from 'solid-js';
import type { Field } from './fields-at.ts';
import { t } from '../words/language.ts';

interface FieldListProps {
  /** The field that is being written, where the schema knows it. */
  field: Field | undefined;
  /** Where it is written, in words: `spec.ports`. */
  where: string;
  fields: readonly Field[];
}

/** The schema's help beside the editor: what is written at the cursor, and what else can be. */
export function FieldList(props: FieldListProps): JSX.Element {
  return (
    <aside aria-label={t().yaml.fields} class="min-h-0 overflow-y-auto border-l border-line p-4 text-sm max-lg:hidden">
      <Show when={props.field}>
        {(field) => (
          <div class="mb-5">
            <h2 class="font-mono font-semibold wrap-anywhere">{field().name}</h2>
            <p class="text-muted">{field().type}</p>
            <p class="mt-1">{field().about}</p>
          </div>
        )}
      </Show>
      <Show when={props.fields.length > 0}>
        <h2 class="mb-2 font-medium">{props.where === '' ? t().yaml.fields : t().yaml.fieldsOf(props.where)}</h2>
        <dl class="flex flex-col gap-2.5">
          <For each={props.fields}>
            {(field) => (
              <div>
                <dt>
                  <span class="font-mono">{field.name}</span> <span class="text-muted">{field.type}</span>
                </dt>
                <dd class="text-muted">{field.about}</dd>
              </div>
            )}
          </For>
        </dl>
      </Show>
    </aside>
  );
}

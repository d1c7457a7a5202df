import { createEffect, createSignal, onCleanup, onMount, Show, type JSX } from 'solid-js';
import { ProblemNote } from '../components/problem-note.tsx';
import { useSession } from '../state/session.tsx';
import { openCodeEditor, type CodeEditor } from './code-editor.ts';
import { createEditWorkspace } from './edit-workspace.ts';
import { editableSchema } from './editable-schema.ts';
import { FieldList } from './field-list.tsx';
import { fieldAt, fieldsAt, type Field } from './fields-at.ts';
import type { Place } from './place-at.ts';
import { SaveBar } from './save-bar.tsx';
import { createYamlDrafts } from './yaml-drafts.ts';
import { t } from '../words/language.ts';

const drafts = createYamlDrafts(sessionStorage);

/** A workspace as YAML, to be read and changed. */
export function YamlView(props: { id: string }): JSX.Element {
  const { platform, world, whyNot } = useSession();
  const { host } = platform;
  // A view is for one workspace.
  // oxlint-disable-next-line solid/reactivity
  const { id } = props;
  const draft = drafts(id);
  const edit = createEditWorkspace(host, id, draft.read());
  const schema = editableSchema();
  const [place, setPlace] = createSignal<Place>({ path: [], isValue: false, typed: '' });
  let element: HTMLDivElement | undefined;
  let editor: CodeEditor | undefined;
  let isGone = false;

  const show = (text: string | undefined): void => {
    if (text !== undefined) editor?.setText(text);
  };
  const load = (): void => void edit.load().then(show);
  const save = (answers?: Parameters<typeof edit.save>[0]): void => void edit.save(answers).then(show);

  const open = async (): Promise<void> => {
    if (edit.draft() === undefined) await edit.load();
    const text = edit.draft()?.text;
    if (isGone || element === undefined || text === undefined || editor !== undefined) return;
    editor = openCodeEditor(element, {
      label: t().yaml.label(id),
      text,
      onText: edit.setText,
      onPlace: setPlace,
      onSave: save,
      offered: ({ path }) => ({ fields: fieldsAt(schema, path), values: fieldAt(schema, path)?.values ?? [] }),
      wrongIn() {
        const result = edit.edited();
        return result.kind === 'wrong' ? result.places : [];
      },
    });
    editor.focus();
  };
  onMount(() => void open());
  onCleanup(() => {
    isGone = true;
    editor?.close();
  });
  createEffect(() => {
    const written = edit.draft();
    // Not read yet says nothing of what is kept.
    if (written !== undefined) draft.keep(edit.edited().kind === 'unchanged' ? undefined : written);
  });

  // The fields of where the cursor is; beside the value of one that has none, those that it stands among.
  const fields = (): Field[] => {
    const { path, isValue } = place();
    const own = fieldsAt(schema, path);
    return own.length === 0 && isValue ? fieldsAt(schema, path.slice(0, -1)) : own;
  };
  const where = (): string => {
    const { path, isValue } = place();
    return (isValue && fieldsAt(schema, path).length === 0 ? path.slice(0, -1) : path)
      .join('.')
      .replaceAll('.[]', '[]');
  };

  return (
    <section aria-label={t().workspace.views.yaml} class="flex min-h-0 flex-1 flex-col">
      <Show when={edit.draft() === undefined && edit.problem()}>
        {(it) => (
          <div class="p-4">
            <ProblemNote
              {...it()}
              alert
              actions={
                <button type="button" class="button shrink-0" onClick={() => void open()}>
                  {t().asking.tryAgain}
                </button>
              }
            />
          </div>
        )}
      </Show>
      <Show when={edit.draft() === undefined && edit.isBusy()}>
        <p class="flex items-center gap-2.5 p-4 text-muted">
          <span class="spinner" /> {t().yaml.reading}
        </p>
      </Show>
      <div class="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_20rem] max-lg:grid-cols-1">
        <div ref={(it) => (element = it)} class="min-h-0 min-w-0" data-testid="yaml-editor" />
        <FieldList field={fieldAt(schema, place().path)} where={where()} fields={fields()} />
      </div>
      <Show when={edit.draft()}>
        <SaveBar edit={edit} onSave={save} onLoad={load} refusal={whyNot('edit', world.servers[id])} />
      </Show>
    </section>
  );
}

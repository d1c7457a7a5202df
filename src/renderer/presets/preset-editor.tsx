import { createEffect, createSignal, Show, type JSX } from 'solid-js';
import { createStore, unwrap } from 'solid-js/store';
import type { ShownPreset } from '#contract/presets.ts';
import { Field } from '../components/field.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { presetDrafts } from './preset-drafts.ts';
import { emptyPresetForm, presetFormOf, presetFrom, presetProblems, type PresetForm } from './preset-form.ts';
import { t } from '../words/language.ts';

interface PresetEditorProps {
  /** The one that is edited; absent for a new one. */
  preset?: ShownPreset | undefined;
  onDone: () => void;
  onCancel: () => void;
}

/** The form for one preset. A refusal stays in it, with what was typed. */
export function PresetEditor(props: PresetEditorProps): JSX.Element {
  const { platform } = useSession();
  // An editor is for one preset as it was when it was opened.
  // oxlint-disable-next-line solid/reactivity
  const { preset } = props;
  const draft = presetDrafts(preset?.label ?? '');
  const typed = draft.read();
  const before = preset === undefined ? emptyPresetForm : presetFormOf(preset);
  // What was typed was about the preset as it was then; where that has changed since, the host refuses it and says so.
  const tag = typed?.etag ?? preset?.etag ?? '';
  const [form, setForm] = createStore<PresetForm>({ ...before, ...typed?.form });
  const [wasSent, setWasSent] = createSignal(false);
  const [isBusy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<ShownProblem>();
  const problems = () => (wasSent() ? presetProblems(form) : {});

  createEffect(() => {
    const now = { ...form };
    draft.keep(JSON.stringify(now) === JSON.stringify(before) ? undefined : { form: now, etag: tag });
  });
  const end = (leave: () => void): void => {
    draft.keep(undefined);
    leave();
  };

  const send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setWasSent(true);
    setProblem(undefined);
    if (isBusy() || Object.keys(presetProblems(form)).length > 0) return;
    setBusy(true);
    try {
      if (preset === undefined) await platform.host.presets.create(presetFrom(unwrap(form)));
      else {
        const { source: _source, etag: _etag, ...written } = preset;
        const call = { params: { label: preset.label }, headers: { 'if-match': tag } };
        await platform.host.presets.replace({ ...call, body: presetFrom(unwrap(form), written) });
      }
      end(props.onDone);
    } catch (error) {
      setProblem(toShownProblem(error));
    } finally {
      setBusy(false);
    }
  };

  const field = (
    name: keyof PresetForm,
    more: { required?: boolean; mono?: boolean; placeholder?: string; hint?: string } = {},
  ): JSX.Element => (
    <Field
      label={t().presets.fields[name]}
      value={form[name]}
      problem={problems()[name]}
      onInput={(text) => setForm(name, text)}
      {...more}
    />
  );

  return (
    <form
      class="card flex flex-col gap-4 p-5"
      aria-label={preset === undefined ? t().presets.add : t().presets.edit(preset.label)}
      novalidate
      onSubmit={(event) => void send(event)}
    >
      <Show when={preset === undefined}>{field('label', { required: true })}</Show>
      {field('image', { required: true, mono: true, placeholder: 'ghcr.io/owner/image:tag' })}
      {field('description')}
      {field('ports', { mono: true, placeholder: '3000:web', hint: t().presets.portsHint })}
      <div class="grid grid-cols-2 gap-4 max-sm:grid-cols-1">
        {field('homePath', { mono: true, placeholder: '/home/dev' })}
        {field('homeSize', { placeholder: '10Gi' })}
      </div>
      <Show when={problem()}>{(it) => <ProblemNote title={t().presets.notSaved} {...it()} alert />}</Show>
      <div class="flex items-center justify-end gap-2">
        <button type="button" class="button" onClick={() => end(props.onCancel)}>
          {t().frame.cancel}
        </button>
        <button type="submit" class="button button-primary" aria-busy={isBusy()} aria-disabled={isBusy()}>
          {t().presets.save}
        </button>
      </div>
    </form>
  );
}

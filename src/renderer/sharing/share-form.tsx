import { createEffect, createResource, createSignal, createUniqueId, For, Show, untrack, type JSX } from 'solid-js';
import { createStore } from 'solid-js/store';
import type { Share } from '#contract/shares.ts';
import { Field } from '../components/field.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { SelectField } from '../components/select-field.tsx';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';
import { shareDrafts } from './share-drafts.ts';
import { wishOf, type ShareForm as Form } from './share-words.ts';

interface ShareFormProps {
  /** The workspace; without it one of `choices` is chosen. */
  id?: string;
  choices?: readonly string[];
  onShared: (share: Share) => void;
  onCancel?: () => void;
}

/** Shares a workspace: with whom, what they may, and for how long. What is wrong stays with the form. */
export function ShareForm(props: ShareFormProps): JSX.Element {
  const { platform, whyNot } = useSession();
  const { host } = platform;
  const draft = shareDrafts(untrack(() => props.id ?? ''));
  const empty: Form = {
    // What is chosen stays chosen, whatever comes and goes beside it.
    workspace: untrack(() => props.id ?? props.choices?.[0] ?? ''),
    ...{ with: '', can: 'open', span: '8h', other: '' },
  };
  const [form, setForm] = createStore<Form>({ ...empty, ...draft.read() });
  const [missing, setMissing] = createSignal<'workspace' | 'with' | 'other'>();
  const [problem, setProblem] = createSignal<ShownProblem>();
  const [isBusy, setBusy] = createSignal(false);
  // Those who have been here are the likely ones. Not everybody may know them.
  const [peers] = createResource(
    () => whyNot('host') === undefined,
    async () => [...new Set((await host.tailnet.peers()).map(({ login }) => login))],
  );
  const people = (): string[] => (peers.state === 'ready' ? peers() : []);

  createEffect(() => {
    const now = { ...form };
    draft.keep(JSON.stringify(now) === JSON.stringify(empty) ? undefined : now);
  });
  const forget = (): void => setForm(empty);

  const change = (part: Partial<Form>): void => {
    setForm(part);
    setMissing(undefined);
    setProblem(undefined);
  };
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (isBusy()) return;
    const read = wishOf(form);
    setMissing('missing' in read ? read.missing : undefined);
    if (!('wish' in read)) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const share = await host.shares.create(read.wish);
      forget();
      props.onShared(share);
    } catch (error) {
      setProblem(toShownProblem(error));
    } finally {
      setBusy(false);
    }
  };
  /** What the host says of a field stands at the field. */
  const atField = (name: 'with' | 'until'): string | undefined =>
    problem()?.field === name ? [problem()?.message, problem()?.remedy].filter(Boolean).join(' ') : undefined;

  return (
    <form class="card flex flex-col gap-4 p-4" aria-label={t().sharing.share} onSubmit={(event) => void submit(event)}>
      <div class="grid gap-4 sm:grid-cols-2">
        <Show when={props.id === undefined}>
          <WorkspaceChoice
            value={form.workspace}
            choices={props.choices ?? []}
            onChange={(workspace) => change({ workspace })}
          />
        </Show>
        <div classList={{ 'sm:col-span-2': props.id !== undefined }}>
          <Field
            label={t().sharing.with}
            value={form.with}
            required
            placeholder="anna@example.com"
            hint={t().sharing.withHint}
            problem={missing() === 'with' ? t().sharing.nobody : atField('with')}
            proposals={people()}
            onInput={(text) => change({ with: text })}
          />
        </div>
        <SelectField
          label={t().sharing.can}
          value={form.can}
          words={t().sharing.kinds}
          onChange={(can) => change({ can })}
        />
        <SelectField
          label={t().sharing.until}
          value={form.span}
          words={t().sharing.spans}
          onChange={(span) => change({ span })}
        />
        <Show when={form.span === 'other'}>
          <Field
            label={t().sharing.other}
            value={form.other}
            required
            placeholder="48h"
            hint={t().sharing.otherHint}
            problem={missing() === 'other' ? t().sharing.noSpan : atField('until')}
            onInput={(other) => change({ other })}
          />
        </Show>
      </div>
      <Show when={problem()?.field === undefined && problem()}>{(it) => <ProblemNote {...it()} alert />}</Show>
      <div class="flex justify-end gap-2">
        <Show when={props.onCancel}>
          {(cancel) => (
            <button type="button" class="button" onClick={() => (forget(), cancel()())}>
              {t().frame.cancel}
            </button>
          )}
        </Show>
        <button type="submit" class="button button-primary" aria-busy={isBusy()}>
          {t().sharing.submit}
        </button>
      </div>
    </form>
  );
}

function WorkspaceChoice(props: {
  value: string;
  choices: readonly string[];
  onChange: (id: string) => void;
}): JSX.Element {
  const id = createUniqueId();
  return (
    <div>
      <label for={id} class="mb-1 block font-medium">
        {t().sharing.workspace}
      </label>
      <select id={id} class="input" value={props.value} onChange={(event) => props.onChange(event.currentTarget.value)}>
        <For each={props.choices}>{(choice) => <option value={choice}>{choice}</option>}</For>
      </select>
    </div>
  );
}

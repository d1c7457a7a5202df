import { useNavigate, useSearchParams } from '@solidjs/router';
import { createEffect, createMemo, createSignal, on, onCleanup, onMount, Show, type JSX } from 'solid-js';
import { createStore, unwrap } from 'solid-js/store';
import { Field } from '../components/field.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { ContextField } from './context-field.tsx';
import { EnvRows } from './env-rows.tsx';
import { HomeChoice } from './home-choice.tsx';
import { createFormDraft } from './form-draft.ts';
import { emptyForm, toJob, type LaunchForm, type ResourceField } from './form-model.ts';
import { hasProblems, problemsOf, type FormProblems } from './form-problems.ts';
import { createImageHome } from './image-home.ts';
import { LaunchPlan } from './launch-plan.tsx';
import { PlacementChoice } from './placement-choice.tsx';
import type { PlacementField } from './placement-fields.ts';
import { LinkNote } from './link-note.tsx';
import { linkOf } from './link-of.ts';
import { PortRows } from './port-rows.tsx';
import { ProbeChoice } from './probe-choice.tsx';
import { ResourceFields } from './resource-fields.tsx';
import { t } from '../words/language.ts';

const noProblems: FormProblems = { env: {}, placement: {}, ports: {}, resources: {} };

/** Fields of the form by the names that the host's answers have for them. */
const resourceAnswers = {
  cpu: 'resources.requests.cpu',
  cpuLimit: 'resources.limits.cpu',
  memory: 'resources.requests.memory',
  memoryLimit: 'resources.limits.memory',
} as const;

const placementAnswers = {
  command: 'command',
  args: 'args',
  nodeLabels: 'nodeSelector',
  serviceAccount: 'serviceAccountName',
  domain: 'exposure.domain',
  stopIdle: 'idle.stopAfter',
  ttl: 'ttl',
} as const satisfies Record<PlacementField, string>;

type AnswerField =
  | 'image'
  | 'name'
  | 'home.size'
  | 'home.mountPath'
  | 'probe.path'
  | (typeof placementAnswers)[PlacementField]
  | (typeof resourceAnswers)[ResourceField];

const draft = createFormDraft(sessionStorage);

/** The form for any image. A link may fill it (`/launch?image=…&name=…`); it is the person who sends it. */
export function LaunchFormCard(): JSX.Element {
  const { actions, platform } = useSession();
  const navigate = useNavigate();
  const [query] = useSearchParams<{ image?: string; name?: string; from?: string }>();
  // What was typed and not sent is there again, unless another page of ours leads here with an image; a link's is offered beside it.
  const isOurOwnWay = query.image !== undefined && query.from !== 'link';
  const typed = isOurOwnWay ? undefined : draft.read();
  const [form, setForm] = createStore<LaunchForm>({
    ...structuredClone(emptyForm),
    ...(typed ?? { image: query.image ?? '', name: query.name ?? '' }),
  });
  const [wasSent, setWasSent] = createSignal(false);
  const [isBusy, setBusy] = createSignal(false);
  const [answer, setAnswer] = createSignal<ShownProblem>();
  const usualHome = createImageHome(platform.host, () => form.image);
  let element: HTMLFormElement | undefined;
  let imageField: HTMLInputElement | undefined;

  // Nothing is called wrong while it is being typed for the first time; after the first attempt, mistakes vanish as they are mended.
  const found = createMemo(() => problemsOf(form));
  const problems = (): FormProblems => (wasSent() ? found() : noProblems);
  const answeredAt = (field: AnswerField): string | undefined => {
    const it = answer();
    return it?.field === field ? [it.message, it.remedy].filter((text) => text !== undefined).join(' ') : undefined;
  };

  const change = (part: Partial<LaunchForm>): void => {
    setAnswer(undefined);
    setForm(part);
  };

  createEffect(() => {
    // Read whole, so that each change of it is noticed.
    const whole: LaunchForm = JSON.parse(JSON.stringify(form)) as LaunchForm;
    draft.keep(isUntouched(whole) ? undefined : whole);
  });
  const empty = (): void => {
    setWasSent(false);
    change(structuredClone(emptyForm));
    imageField?.focus();
  };

  const planned = createMemo(() => (hasProblems(found()) ? undefined : toJob(form)));

  const send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (isBusy()) return;
    setWasSent(true);
    setAnswer(undefined);
    if (hasProblems(found())) {
      element?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
      return;
    }
    setBusy(true);
    try {
      const id = await actions.launch(toJob(unwrap(form)));
      setForm(structuredClone(emptyForm));
      navigate(`/workspaces/${encodeURIComponent(id)}`);
    } catch (error) {
      setAnswer(toShownProblem(error));
    } finally {
      setBusy(false);
    }
  };

  // A link that comes while something is typed must not take it away: it is offered then.
  const fromLink = createMemo(() => linkOf(query, form));
  createEffect(
    on(
      () => [query.image, query.name],
      () => {
        const link = fromLink();
        if (link !== undefined && isUntouched(form)) change(link);
      },
      { defer: true },
    ),
  );

  useEscape(
    () => isUntouched(form),
    () => navigate('/'),
  );
  onMount(() => {
    if (form.image !== '') imageField?.focus();
  });

  return (
    <form
      ref={(it) => (element = it)}
      class="card flex flex-col gap-4 p-5"
      aria-label={t().launch.form}
      novalidate
      onSubmit={(event) => void send(event)}
    >
      <LinkNote
        link={query.from === 'link' ? query.image : undefined}
        isTaken={fromLink() === undefined}
        onTake={() => change({ image: query.image ?? '', name: query.name ?? '' })}
      />
      <div class="grid grid-cols-[2fr_1fr] gap-4 max-sm:grid-cols-1">
        <Field
          ref={(it) => (imageField = it)}
          label={t().launch.image}
          required
          mono
          placeholder={t().launch.imageExample}
          value={form.image}
          problem={problems().image ?? answeredAt('image')}
          onInput={(image) => change({ image })}
        />
        <Field
          label={t().launch.name}
          placeholder={t().launch.fromImage}
          hint={t().launch.suffix}
          value={form.name}
          problem={problems().name ?? answeredAt('name')}
          onInput={(name) => change({ name })}
        />
      </div>
      <ContextField context={form.context} onChange={(context) => change({ context })} />
      <EnvRows rows={form.env} problems={problems().env} onChange={(env) => change({ env })} />
      <PortRows rows={form.ports} problems={problems().ports} onChange={(ports) => change({ ports })} />
      <HomeChoice
        home={form.home}
        size={form.homeSize}
        path={form.homePath}
        usualPath={usualHome()}
        problem={problems().homeSize ?? answeredAt('home.size')}
        pathProblem={problems().homePath ?? answeredAt('home.mountPath')}
        onChange={change}
      />
      <ProbeChoice
        probe={form.probe}
        path={form.probePath}
        problem={problems().probePath ?? answeredAt('probe.path')}
        onChange={change}
      />
      <ResourceFields
        form={form}
        problemOf={(field) => problems().resources[field] ?? answeredAt(resourceAnswers[field])}
        onChange={change}
      />
      <PlacementChoice
        form={form}
        problemOf={(field) => problems().placement[field] ?? answeredAt(placementAnswers[field])}
        onChange={change}
      />
      <LaunchPlan job={planned} />
      <Show when={answer()}>{(it) => <ProblemNote title={t().launch.notLaunched} {...it()} alert />}</Show>
      <div class="flex items-center justify-end gap-3">
        <Show when={!isUntouched(form)}>
          <button type="button" class="button button-quiet" onClick={() => empty()}>
            {t().launch.empty}
          </button>
        </Show>
        <button type="submit" class="button button-primary" aria-busy={isBusy()} aria-disabled={isBusy()}>
          <Show when={isBusy()}>
            <span class="spinner" />
          </Show>
          {t().launch.launch}
        </button>
      </div>
    </form>
  );
}

function isUntouched(form: LaunchForm): boolean {
  return JSON.stringify(form) === JSON.stringify(emptyForm);
}

/** Escape leaves the page, unless that would throw away what has been typed. */
function useEscape(mayLeave: () => boolean, leave: () => void): void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.defaultPrevented && mayLeave()) leave();
  };
  onMount(() => window.addEventListener('keydown', onKey));
  onCleanup(() => window.removeEventListener('keydown', onKey));
}

import { createResource, createSignal, Show, type JSX } from 'solid-js';
import type { StartupChoice, StartupState } from '#contract/desktop.ts';
import { ProblemNote } from '../components/problem-note.tsx';
import type { StartupActions } from '../platform/platform.ts';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';

/** Whether the app starts at login, and how; nothing in a browser. */
export function StartupSettings(): JSX.Element {
  const { platform } = useSession();
  return <Show when={platform.startup}>{(actions) => <Choices actions={actions()} />}</Show>;
}

function Choices(props: { actions: StartupActions }): JSX.Element {
  const [state, { mutate }] = createResource(() => props.actions.state());
  const [problem, setProblem] = createSignal<ShownProblem>();
  const known = (): StartupState | undefined => (state.state === 'ready' ? state() : undefined);

  const choose = async (part: Partial<StartupChoice>, shown: HTMLInputElement): Promise<void> => {
    const before = known();
    if (before === undefined) return;
    setProblem(undefined);
    try {
      mutate(await props.actions.choose({ atLogin: before.atLogin, hidden: before.hidden, ...part }));
    } catch (error) {
      setProblem(toShownProblem(error));
    }
    // The box shows what holds, not what was asked for.
    const now = known();
    if (now !== undefined) Object.assign(shown, { checked: 'atLogin' in part ? now.atLogin : now.hidden });
  };

  return (
    <fieldset class="mb-5">
      <legend class="mb-1 font-medium">{t().startup.title}</legend>
      <Show when={state.state === 'errored'}>
        <ProblemNote title={t().startup.notKnown} {...toShownProblem(state.error)} />
      </Show>
      <Show when={known()}>
        {(it) => (
          <>
            <label class="flex items-start gap-2.5 py-0.5">
              <input
                type="checkbox"
                class="mt-0.5 size-4 accent-accent"
                checked={it().atLogin}
                onChange={(event) => void choose({ atLogin: event.currentTarget.checked }, event.currentTarget)}
              />
              {t().startup.atLogin}
            </label>
            <label class="ml-6.5 flex items-start gap-2.5 py-0.5" classList={{ 'opacity-55': !it().atLogin }}>
              <input
                type="checkbox"
                class="mt-0.5 size-4 accent-accent"
                checked={it().hidden}
                disabled={!it().atLogin}
                onChange={(event) => void choose({ hidden: event.currentTarget.checked }, event.currentTarget)}
              />
              {t().startup.hidden}
            </label>
            <Show when={it().atLogin && it().hidden && !it().hasTray}>
              <p class="mt-1 text-sm text-muted">{t().startup.noTray}</p>
            </Show>
          </>
        )}
      </Show>
      <Show when={problem()}>{(it) => <ProblemNote title={t().startup.notChanged} {...it()} alert />}</Show>
    </fieldset>
  );
}

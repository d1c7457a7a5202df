import { useNavigate } from '@solidjs/router';
import { createSignal, For, Match, Show, Switch, type JSX } from 'solid-js';
import type { Preset } from '#contract/image-defaults.ts';
import { Monogram } from '../components/monogram.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';

/** The images offered by the host. One click launches one and goes to it. */
export function PresetCards(): JSX.Element {
  const { presets, actions } = useSession();
  const navigate = useNavigate();
  const [busy, setBusy] = createSignal<string>();
  const [problem, setProblem] = createSignal<ShownProblem>();

  /** Also while they are fetched again after a reconnect: the cards stay. */
  const known = (): Preset[] | undefined =>
    presets.state === 'ready' || presets.state === 'refreshing' ? presets.latest : undefined;

  const launch = async (preset: Preset): Promise<void> => {
    if (busy() !== undefined) return;
    setProblem(undefined);
    setBusy(preset.label);
    try {
      const id = await actions.launch({ image: preset.image });
      navigate(`/workspaces/${encodeURIComponent(id)}`);
    } catch (error) {
      setProblem(toShownProblem(error));
    } finally {
      setBusy(undefined);
    }
  };

  return (
    <div class="flex flex-col gap-3">
      <Switch>
        <Match when={presets.state === 'errored'}>
          <ProblemNote title={t().launch.presetsNotKnown} {...toShownProblem(presets.error)} />
        </Match>
        <Match when={known()?.length === 0}>
          <p class="text-muted">{t().launch.noPresets}</p>
        </Match>
        <Match when={known()}>
          <ul class="grid grid-cols-[repeat(auto-fill,minmax(15rem,1fr))] gap-3" aria-label={t().launch.presets}>
            <For each={known()}>
              {(preset) => (
                <PresetCard
                  preset={preset}
                  isBusy={busy() === preset.label}
                  isBlocked={busy() !== undefined}
                  onLaunch={() => void launch(preset)}
                />
              )}
            </For>
          </ul>
        </Match>
      </Switch>
      <Show when={problem()}>
        {(it) => <ProblemNote title={t().launch.notLaunched} {...it()} alert onDismiss={() => setProblem(undefined)} />}
      </Show>
    </div>
  );
}

/** The whole card is the button's to click at; what the card says beside it is text of its own, which a name would hide. */
function PresetCard(props: { preset: Preset; isBusy: boolean; isBlocked: boolean; onLaunch: () => void }): JSX.Element {
  return (
    <li
      class="card group relative flex flex-col gap-3 p-4 transition-colors hover:border-accent hover:bg-hover has-focus-visible:border-accent has-aria-disabled:opacity-60"
      aria-busy={props.isBusy}
    >
      <div class="flex w-full items-center gap-3">
        <Monogram of={props.preset.label} large />
        <h2 class="min-w-0 flex-1 truncate text-lg font-semibold" title={props.preset.label}>
          {props.preset.label}
        </h2>
        <button
          type="button"
          class="inline-flex items-center gap-1.5 rounded-full bg-accent-soft px-2.5 py-0.5 text-sm font-medium text-accent transition-colors group-hover:bg-accent group-hover:text-on-accent after:absolute after:inset-0 after:rounded-[inherit]"
          aria-label={t().launch.launchNamed(props.preset.label)}
          aria-disabled={props.isBlocked}
          onClick={() => props.onLaunch()}
        >
          <Show when={props.isBusy}>
            <span class="spinner" />
          </Show>
          {t().launch.launch}
        </button>
      </div>
      <Show when={props.preset.description}>{(text) => <p class="line-clamp-2 text-muted">{text()}</p>}</Show>
      <p class="mt-auto w-full truncate font-mono text-xs text-muted" title={props.preset.image}>
        {props.preset.image}
      </p>
      <Show when={props.preset.home?.mountPath}>
        {(path) => <p class="w-full truncate text-xs text-muted">{t().launch.filesKept(path())}</p>}
      </Show>
    </li>
  );
}

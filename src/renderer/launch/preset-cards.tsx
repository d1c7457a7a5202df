import { useNavigate } from '@solidjs/router';
import { createSignal, For, Match, Show, Switch, type JSX } from 'solid-js';
import type { Preset } from '#contract/image-defaults.ts';
import { Monogram } from '../components/monogram.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';

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
          <ProblemNote title="The presets are not known" {...toShownProblem(presets.error)} />
        </Match>
        <Match when={known()?.length === 0}>
          <p class="text-muted">No presets are configured; launch an image by its reference.</p>
        </Match>
        <Match when={known()}>
          <ul class="grid grid-cols-[repeat(auto-fill,minmax(15rem,1fr))] gap-3" aria-label="Presets">
            <For each={known()}>
              {(preset) => (
                <li class="contents">
                  <PresetCard
                    preset={preset}
                    isBusy={busy() === preset.label}
                    isBlocked={busy() !== undefined}
                    onLaunch={() => void launch(preset)}
                  />
                </li>
              )}
            </For>
          </ul>
        </Match>
      </Switch>
      <Show when={problem()}>
        {(it) => <ProblemNote title="Not launched" {...it()} alert onDismiss={() => setProblem(undefined)} />}
      </Show>
    </div>
  );
}

function PresetCard(props: { preset: Preset; isBusy: boolean; isBlocked: boolean; onLaunch: () => void }): JSX.Element {
  return (
    <button
      type="button"
      class="card group flex flex-col gap-3 p-4 text-left transition-colors hover:border-accent hover:bg-hover active:bg-sunken aria-disabled:opacity-60"
      aria-label={`Launch ${props.preset.label}`}
      aria-busy={props.isBusy}
      aria-disabled={props.isBlocked}
      onClick={() => props.onLaunch()}
    >
      <span class="flex w-full items-center gap-3">
        <Monogram of={props.preset.label} large />
        <span class="min-w-0 flex-1 truncate text-lg font-semibold">{props.preset.label}</span>
        <Show
          when={props.isBusy}
          fallback={
            <span class="rounded-full bg-accent-soft px-2.5 py-0.5 text-sm font-medium text-accent transition-colors group-hover:bg-accent group-hover:text-on-accent">
              Launch
            </span>
          }
        >
          <span class="spinner text-accent" />
        </Show>
      </span>
      <Show when={props.preset.description}>{(text) => <span class="line-clamp-2 text-muted">{text()}</span>}</Show>
      <span class="mt-auto w-full truncate font-mono text-xs text-muted">{props.preset.image}</span>
      <Show when={props.preset.home?.mountPath}>
        {(path) => <span class="w-full truncate text-xs text-muted">Files in {path()} are kept</span>}
      </Show>
    </button>
  );
}

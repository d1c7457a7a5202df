import { createSignal, Show, type JSX } from 'solid-js';
import type { PresetSource, ShownPreset } from '#contract/presets.ts';
import { Monogram } from '../components/monogram.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import type { Words } from '../words/words.ts';
import { t } from '../words/language.ts';

function sourceWords(source: PresetSource): string | undefined {
  return source === 'offered' ? undefined : t().presets.sources[source];
}

/** One preset, and what can be done with it. Nothing that is done here is for good but the removal of one that was made here. */
export function PresetRow(props: { preset: ShownPreset; onEdit: () => void }): JSX.Element {
  const { platform, whyNot } = useSession();
  const [isBusy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<ShownProblem>();

  const act = async (ask: () => Promise<unknown>): Promise<void> => {
    if (isBusy()) return;
    setProblem(undefined);
    setBusy(true);
    try {
      await ask();
    } catch (error) {
      setProblem(toShownProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const remove = (): Promise<void> => {
    const { label, etag } = props.preset;
    return act(() => platform.host.presets.delete({ params: { label }, headers: { 'if-match': etag } }));
  };
  const reset = (): Promise<void> => {
    const { label } = props.preset;
    return act(() => platform.host.presets.reset({ label }));
  };
  const isHidden = (): boolean => props.preset.source === 'hidden';

  const button = (verb: keyof Words['presets']['verbs'], onClick: () => void): JSX.Element => (
    <button
      type="button"
      class="button"
      aria-label={t().presets.verbOf(t().presets.verbs[verb], props.preset.label)}
      aria-disabled={isBusy()}
      onClick={onClick}
    >
      {t().presets.verbs[verb]}
    </button>
  );

  return (
    <li class="px-4 py-3">
      <div class="flex items-center gap-3 max-sm:flex-wrap" classList={{ 'opacity-60': isHidden() }}>
        <Monogram of={props.preset.label} />
        <div class="min-w-0 flex-1">
          <p class="truncate font-medium">
            {props.preset.label}
            <Show when={sourceWords(props.preset.source)}>
              {(words) => <span class="ml-2 font-normal text-muted">{words()}</span>}
            </Show>
          </p>
          <p class="truncate font-mono text-xs text-muted" title={props.preset.image}>
            {props.preset.image}
          </p>
        </div>
        <Show when={whyNot('host') === undefined}>
          <div class="flex shrink-0 items-center gap-1 max-sm:w-full max-sm:pl-11">
            <Show when={isHidden() || props.preset.source === 'changed'}>
              {button(isHidden() ? 'restore' : 'reset', () => void reset())}
            </Show>
            <Show when={!isHidden()}>
              {button('edit', () => props.onEdit())}
              {button('remove', () => void remove())}
            </Show>
          </div>
        </Show>
      </div>
      <Show when={problem()}>
        {(it) => (
          <div class="mt-2.5">
            <ProblemNote {...it()} alert onDismiss={() => setProblem(undefined)} />
          </div>
        )}
      </Show>
    </li>
  );
}

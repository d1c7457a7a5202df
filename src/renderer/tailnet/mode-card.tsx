import { createSignal, Show, type JSX } from 'solid-js';
import type { TailnetMode, TailnetState } from '#contract/tailnet.ts';
import { ProblemNote } from '../components/problem-note.tsx';
import { SelectField } from '../components/select-field.tsx';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';

/** By which way the host is on a tailnet, and the choice of another, which counts at once. */
export function ModeCard(props: { state: TailnetState; onState: (state: TailnetState) => void }): JSX.Element {
  const { platform } = useSession();
  const [chosen, setChosen] = createSignal<TailnetMode>();
  const [isBusy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<ShownProblem>();
  const mode = (): TailnetMode => chosen() ?? props.state.mode;
  const change = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      props.onState(await platform.host.tailnet.use({ mode: mode() }));
      setChosen(undefined);
    } catch (error) {
      setProblem(toShownProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section class="card flex flex-col gap-3 p-5" aria-label={t().tailnet.way}>
      <div class="flex flex-wrap items-end gap-3">
        <SelectField label={t().tailnet.way} value={mode()} words={t().tailnet.ways} onChange={setChosen} />
        <button
          type="button"
          class="button"
          disabled={isBusy() || mode() === props.state.mode}
          aria-busy={isBusy()}
          onClick={() => void change()}
        >
          {t().tailnet.changeWay}
        </button>
      </div>
      <p class="max-w-prose text-sm text-muted">{t().tailnet.wayTexts[mode()]}</p>
      <Show when={problem()}>{(it) => <ProblemNote {...it()} alert />}</Show>
    </section>
  );
}

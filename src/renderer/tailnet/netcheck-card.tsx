import { createSignal, For, Show, type JSX } from 'solid-js';
import type { TailnetReport } from '#contract/tailnet.ts';
import { Icon } from '../components/icons.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { ReloadButton } from '../components/reload-button.tsx';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';
import { numberWords } from '../words/numbers.ts';
import { reportWords } from './tailnet-looks.ts';

/** What lies between this host and others, measured when somebody asks. */
export function NetcheckCard(): JSX.Element {
  const { platform } = useSession();
  const [report, setReport] = createSignal<TailnetReport>();
  const [problem, setProblem] = createSignal<ShownProblem>();
  const [isBusy, setBusy] = createSignal(false);
  const measure = async (): Promise<void> => {
    if (isBusy()) return;
    setBusy(true);
    setProblem(undefined);
    try {
      setReport(await platform.host.tailnet.netcheck());
    } catch (error) {
      setProblem(toShownProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section class="card flex flex-col gap-3 p-5" aria-label={t().tailnet.check}>
      <div class="flex items-start gap-4">
        <div class="min-w-0 flex-1">
          <h2 class="font-medium">{t().tailnet.check}</h2>
          <p class="text-muted">{t().tailnet.checkText}</p>
        </div>
        <ReloadButton
          label={isBusy() ? t().tailnet.measuring : t().tailnet.measure}
          isBusy={isBusy()}
          onReload={() => void measure()}
        />
      </div>
      <Show when={problem()}>{(it) => <ProblemNote title={t().tailnet.notMeasured} {...it()} alert />}</Show>
      <div aria-live="polite" class="flex flex-col gap-3 empty:hidden">
        <Show when={report()}>{(it) => <Measured report={it()} />}</Show>
      </div>
    </section>
  );
}

function Measured(props: { report: TailnetReport }): JSX.Element {
  return (
    <>
      <ul class="flex flex-col gap-1">
        <For each={reportWords(props.report)}>
          {({ text, isBad }) => (
            <li class="flex gap-2">
              <Icon name={isBad ? 'alert' : 'check'} class={`mt-0.5 ${isBad ? 'text-wait-ink' : 'text-good-ink'}`} />
              {text}
            </li>
          )}
        </For>
      </ul>
      <Show when={props.report.relays.length > 0} fallback={<p class="text-muted">{t().tailnet.noRelays}</p>}>
        <h3 class="font-medium">{t().tailnet.relays}</h3>
        <ul class="grid gap-x-6 gap-y-0.5 sm:grid-cols-2" aria-label={t().tailnet.relays}>
          <For each={props.report.relays}>
            {({ name, milliseconds, preferred }) => (
              <li class="flex gap-2">
                <span class="min-w-0 flex-1 truncate" classList={{ 'font-medium': preferred }}>
                  {name}
                  <Show when={preferred}>
                    <span class="font-normal text-good-ink"> {t().tailnet.used}</span>
                  </Show>
                </span>
                <span class="text-muted tabular-nums">{t().tailnet.milliseconds(numberWords(milliseconds))}</span>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </>
  );
}

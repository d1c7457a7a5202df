import { createSignal, onCleanup, Show, type JSX } from 'solid-js';
import { leaderName } from '#contract/cluster.ts';
import type { HostStatus } from '#contract/host-status.ts';
import { Fact, Facts } from '../components/fact.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';
import { poll } from '../state/poll.ts';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';
import { numberWords } from '../words/numbers.ts';

const pauseMs = 5_000;

/** Who reconciles the workspaces, by which Lease, and how that goes. */
export function OperatorSection(): JSX.Element {
  const { platform, world } = useSession();
  const [operator, setOperator] = createSignal<HostStatus['operator']>();
  const [problem, setProblem] = createSignal<ShownProblem>();
  const polling = poll({
    load: (signal) => platform.host.host.status(undefined, { signal }),
    onValue: (status) => {
      setOperator(status.operator);
      setProblem(undefined);
    },
    onProblem: (error) => setProblem(toShownProblem(error)),
    pauseMs,
    isHidden: () => document.hidden,
  });
  onCleanup(() => polling.stop());
  const leader = () => world.cluster?.leader;
  const who = (): string => {
    const known = leader();
    if (known === undefined) return t().operator.nobody;
    return known.self ? t().operator.self : t().operator.other(leaderName(known));
  };
  return (
    <section aria-label={t().operator.title} class="card flex flex-col gap-2 p-5">
      <h2 class="text-lg font-semibold">{t().operator.title}</h2>
      <p class={leader() === undefined ? 'text-wait-ink' : 'text-muted'}>{who()}</p>
      <Show when={problem()}>{(it) => <ProblemNote {...it()} tone="wait" />}</Show>
      <Facts>
        <Fact label={t().operator.lease} value={leader()?.holder} code />
        <Show when={leader()?.self === true && operator()}>
          {(it) => (
            <>
              <Fact label={t().operator.waiting} value={numberWords(it().waiting)} />
              <Fact
                label={t().operator.looks}
                value={t().operator.counts(numberWords(it().reconciled), numberWords(it().failed))}
              />
            </>
          )}
        </Show>
      </Facts>
    </section>
  );
}

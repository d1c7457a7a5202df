import { For, Show, type JSX } from 'solid-js';
import { leaderName } from '#contract/cluster.ts';
import type { ClusterState } from '#contract/cluster.ts';
import { RetryButton, UseLocalButton } from '../cluster/cluster-actions.tsx';
import { clusterWords, sourceWords } from '../cluster/cluster-words.ts';
import { CapacitySection } from '../cluster/capacity-section.tsx';
import { ContextChoice } from '../cluster/context-choice.tsx';
import { LocalSection } from '../cluster/local-section.tsx';
import { OperatorSection } from '../cluster/operator-section.tsx';
import { OwnClusterHelp } from '../cluster/own-cluster-help.tsx';
import { RightsSection } from '../cluster/rights-section.tsx';
import { Fact, Facts } from '../components/fact.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { ProgressBar } from '../components/progress-bar.tsx';
import { Page } from '../shell/page.tsx';
import { useSession } from '../state/session.tsx';
import { createClock } from '../time/clock.ts';
import { stopwatchWords } from '../time/elapsed.ts';
import { t } from '../words/language.ts';

/** The cluster: what state it is in, why, and how to come by one. */
export function ClusterPage(): JSX.Element {
  const { world, whyNot } = useSession();
  return (
    <Page title={t().cluster.title}>
      <Show when={world.cluster} fallback={<p class="text-muted">{t().cluster.waiting}</p>}>
        {(cluster) => (
          <div class="flex flex-col gap-6">
            <StateCard cluster={cluster()} />
            <ContextChoice />
            <Show when={cluster().phase === 'none' || cluster().phase === 'refused'}>
              <OwnClusterHelp />
            </Show>
            <Show when={cluster().phase === 'online' && whyNot('host') === undefined}>
              <CapacitySection />
              <OperatorSection />
              <RightsSection />
            </Show>
            <Show when={whyNot('host') === undefined}>
              <LocalSection />
            </Show>
          </div>
        )}
      </Show>
    </Page>
  );
}

function StateCard(props: { cluster: ClusterState }): JSX.Element {
  const { actions } = useSession();
  return (
    <section class="card flex flex-col gap-4 p-5" aria-label={t().cluster.state}>
      <div class="flex items-start gap-4 max-sm:flex-wrap">
        <div class="min-w-0 flex-1 max-sm:basis-full">
          <h2 class="text-lg font-semibold">{clusterWords(props.cluster).title}</h2>
          <p class="mt-0.5 text-muted">{clusterWords(props.cluster).text}</p>
        </div>
        <RetryButton cluster={props.cluster} always />
        <UseLocalButton cluster={props.cluster} />
      </div>
      <Show when={props.cluster.phase === 'building' || props.cluster.progress !== undefined}>
        <Building cluster={props.cluster} />
      </Show>
      <Show when={props.cluster.problem}>{(problem) => <ProblemNote {...problem()} />}</Show>
      <For each={props.cluster.notes}>{(note) => <ProblemNote {...note} tone="wait" />}</For>
      <Show when={actions.state.cluster.problem}>{(problem) => <ProblemNote {...problem()} alert />}</Show>
      <Show when={props.cluster.phase === 'none' && !props.cluster.local.available}>
        <ProblemNote
          tone="wait"
          title={t().cluster.notHere}
          message={props.cluster.local.reason ?? t().cluster.notAvailable}
          remedy={props.cluster.local.remedy}
        />
      </Show>
      <ClusterFacts cluster={props.cluster} />
    </section>
  );
}

function Building(props: { cluster: ClusterState }): JSX.Element {
  const { world } = useSession();
  const now = createClock(1000);
  return (
    <ProgressBar
      progress={props.cluster.progress ?? { step: t().cluster.starting }}
      elapsed={stopwatchWords(now() - world.clusterSince)}
    />
  );
}

function ClusterFacts(props: { cluster: ClusterState }): JSX.Element {
  return (
    <Facts>
      <Fact label={t().cluster.facts.from} value={sourceWords(props.cluster.source)} />
      <Fact label={t().cluster.facts.context} value={props.cluster.context} code />
      <Fact label={t().cluster.facts.server} value={props.cluster.server} code />
      <Fact label={t().cluster.facts.namespace} value={props.cluster.namespace} code />
      <Fact label={t().cluster.facts.leader} value={props.cluster.leader && leaderName(props.cluster.leader)} />
      <Fact label={t().cluster.facts.version} value={props.cluster.version} code />
    </Facts>
  );
}

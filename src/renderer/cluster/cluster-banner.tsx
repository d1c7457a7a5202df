import { A, useLocation } from '@solidjs/router';
import { Show, type JSX } from 'solid-js';
import type { ClusterState } from '#contract/cluster.ts';
import { Icon } from '../components/icons.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { ProgressBar } from '../components/progress-bar.tsx';
import { useSession } from '../state/session.tsx';
import { createClock } from '../time/clock.ts';
import { stopwatchWords } from '../time/elapsed.ts';
import { RetryButton, UseLocalButton } from './cluster-actions.tsx';
import { clusterWords } from './cluster-words.ts';
import { t } from '../words/language.ts';

/** Above every page while something is wrong with the cluster; the cluster's own page says the same in full. */
export function ClusterBanner(): JSX.Element {
  const { world } = useSession();
  const location = useLocation();
  const shown = (): ClusterState | undefined =>
    isWell(world.cluster) || location.pathname === '/cluster' ? undefined : world.cluster;
  return (
    <Show when={shown()}>
      {(cluster) => (
        <section aria-label={t().cluster.title} class="shrink-0 border-b border-line bg-surface py-3">
          <div class="mx-auto max-w-4xl px-6 max-sm:px-4">
            <Show
              when={cluster().phase === 'building' || cluster().progress !== undefined}
              fallback={<Plain cluster={cluster()} />}
            >
              <Building cluster={cluster()} />
            </Show>
          </div>
        </section>
      )}
    </Show>
  );
}

/** An online cluster can have a problem, too: this host may not be allowed to reconcile there. */
function isWell(cluster: ClusterState | undefined): boolean {
  return cluster?.phase === 'online' && cluster.problem === undefined;
}

function Building(props: { cluster: ClusterState }): JSX.Element {
  const { world } = useSession();
  const now = createClock(1000);
  return (
    <ProgressBar
      progress={props.cluster.progress ?? { step: clusterWords(props.cluster).title }}
      elapsed={stopwatchWords(now() - world.clusterSince)}
    />
  );
}

function Plain(props: { cluster: ClusterState }): JSX.Element {
  const { actions } = useSession();
  return (
    <div class="flex flex-col gap-2.5">
      <div class="flex items-center gap-3 max-sm:flex-wrap">
        <Show when={props.cluster.phase !== 'connecting'} fallback={<span class="spinner text-wait-ink" />}>
          <Icon name="plug" class={clusterWords(props.cluster).tone === 'bad' ? 'text-bad-ink' : 'text-muted'} />
        </Show>
        <div class="min-w-0 flex-1 max-sm:basis-3/4">
          <p class="font-medium">{clusterWords(props.cluster).title}</p>
          <p class="wrap-anywhere text-muted">
            {props.cluster.problem === undefined
              ? clusterWords(props.cluster).text
              : [props.cluster.problem.message, props.cluster.problem.remedy]
                  .filter((it) => it !== undefined)
                  .join(' ')}
          </p>
        </div>
        <Show when={props.cluster.phase === 'none'}>
          <A href="/cluster" class="button">
            {t().cluster.useOwn}
          </A>
        </Show>
        <UseLocalButton cluster={props.cluster} />
        <RetryButton cluster={props.cluster} />
      </div>
      <Show when={props.cluster.phase === 'none' && !props.cluster.local.available}>
        <p class="text-sm text-muted">
          {t().cluster.notAvailableHere} {props.cluster.local.reason} {props.cluster.local.remedy}
        </p>
      </Show>
      <Show when={actions.state.cluster.problem}>{(problem) => <ProblemNote {...problem()} alert />}</Show>
    </div>
  );
}

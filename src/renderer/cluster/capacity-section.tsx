import { A } from '@solidjs/router';
import { createSignal, For, onCleanup, Show, type JSX } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import type { ClusterResources, WorkspaceShare } from '#contract/cluster-resources.ts';
import { ProblemNote } from '../components/problem-note.tsx';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';
import { poll } from '../state/poll.ts';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';
import { numberWords } from '../words/numbers.ts';
import { coreWords, memoryWords } from './amount-words.ts';
import { NodeRow } from './node-row.tsx';

const pauseMs = 15_000;
/** Of the workspaces, those that take the most; the others on demand. */
const shownFirst = 8;

/** The nodes, what they have, and what that is used for, for as long as somebody looks. */
export function CapacitySection(): JSX.Element {
  const { host } = useSession().platform;
  const [found, setFound] = createStore<{ known?: ClusterResources }>({});
  const [problem, setProblem] = createSignal<ShownProblem>();
  const polling = poll({
    load: (signal) => host.cluster.resources(undefined, { signal }),
    onValue: (known) => {
      setFound('known', reconcile(known, { key: 'id' }));
      setProblem(undefined);
    },
    onProblem: (error) => setProblem(toShownProblem(error)),
    pauseMs,
    isHidden: () => document.hidden,
  });
  onCleanup(() => polling.stop());
  return (
    <section aria-label={t().capacity.title} class="flex flex-col gap-3">
      <h2 class="text-lg font-semibold">{t().capacity.title}</h2>
      <Show when={problem()}>{(it) => <ProblemNote title={t().capacity.notKnown} {...it()} tone="wait" />}</Show>
      <Show
        when={found.known}
        fallback={
          <Show when={problem() === undefined}>
            <p class="flex items-center gap-2 text-muted">
              <span class="spinner" />
              {t().capacity.looking}
            </p>
          </Show>
        }
      >
        {(it) => <Known found={it()} />}
      </Show>
    </section>
  );
}

function Known(props: { found: ClusterResources }): JSX.Element {
  const problems = () => props.found.problems;
  return (
    <>
      <Show when={problems().nodes}>
        {(it) => (
          <ProblemNote title={t().capacity.nodesNotSeen} message={it().message} remedy={it().remedy} tone="wait" />
        )}
      </Show>
      <Show when={props.found.nodes.length > 0}>
        <ul class="card divide-y divide-line" aria-label={t().capacity.nodes}>
          <For each={props.found.nodes}>{(node) => <NodeRow node={node} />}</For>
        </ul>
      </Show>
      <Show when={props.found.nodes.length === 0 && problems().nodes === undefined}>
        <ProblemNote message={t().capacity.noNodes} />
      </Show>
      <Show when={problems().others}>
        {(it) => (
          <ProblemNote title={t().capacity.othersNotSeen} message={it().message} remedy={it().remedy} tone="wait" />
        )}
      </Show>
      <Show when={problems().usage}>
        {(it) => (
          <p class="text-sm text-muted wrap-anywhere select-text">
            {it().message} {it().remedy}
          </p>
        )}
      </Show>
      <Shares shares={props.found.workspaces} />
    </>
  );
}

function Shares(props: { shares: readonly WorkspaceShare[] }): JSX.Element {
  const [all, setAll] = createSignal(false);
  const shown = () => (all() ? props.shares : props.shares.slice(0, shownFirst));
  const rest = () => props.shares.length - shown().length;
  return (
    <div>
      <h3 class="mb-2 font-medium">{t().capacity.workspaces}</h3>
      <Show
        when={props.shares.length > 0}
        fallback={<p class="card px-4 py-6 text-center text-muted">{t().capacity.noWorkspaces}</p>}
      >
        <ul class="card divide-y divide-line" aria-label={t().capacity.workspaces}>
          <For each={shown()}>{(share) => <ShareRow share={share} />}</For>
        </ul>
        <Show when={rest() > 0}>
          <button type="button" class="button mt-2" onClick={() => setAll(true)}>
            {t().capacity.more(numberWords(rest()))}
          </button>
        </Show>
      </Show>
    </div>
  );
}

function ShareRow(props: { share: WorkspaceShare }): JSX.Element {
  const words = ({ cpu, memory }: WorkspaceShare['requested']): string => `${coreWords(cpu)}, ${memoryWords(memory)}`;
  return (
    <li class="flex items-baseline gap-x-4 px-4 py-2 max-sm:flex-wrap">
      <div class="min-w-0 flex-1 max-sm:basis-full">
        <A href={`/workspaces/${encodeURIComponent(props.share.id)}`} class="link wrap-anywhere">
          {props.share.id}
        </A>
        <Show when={props.share.node}>
          {(node) => <span class="ml-2 text-xs wrap-anywhere text-muted">{node()}</span>}
        </Show>
      </div>
      <p class="text-sm text-muted tabular-nums">
        {words(props.share.requested)} {t().capacity.requested}
      </p>
      <Show when={props.share.used}>
        {(used) => (
          <p class="text-sm tabular-nums">
            {words(used())} {t().capacity.reallyUsed}
          </p>
        )}
      </Show>
    </li>
  );
}

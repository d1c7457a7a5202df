import { createSignal, For, onCleanup, Show, type JSX } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import type { SeenPeer } from '#contract/tailnet.ts';
import { ProblemNote } from '../components/problem-note.tsx';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { poll } from '../state/poll.ts';
import { t } from '../words/language.ts';

const pauseMs = 5_000;

/** Who has come by the tailnet, and what it grants them. */
export function PeerList(): JSX.Element {
  const { host } = useSession().platform;
  const [peers, setPeers] = createStore<SeenPeer[]>([]);
  const [isKnown, setKnown] = createSignal(false);
  const [problem, setProblem] = createSignal<ShownProblem>();
  const polling = poll({
    load: (signal) => host.tailnet.peers(undefined, { signal }),
    onValue: (value) => {
      setPeers(reconcile(value));
      setKnown(true);
      setProblem(undefined);
    },
    onProblem: (error) => setProblem(toShownProblem(error)),
    pauseMs,
    isHidden: () => document.hidden,
  });
  onCleanup(() => polling.stop());
  return (
    <section aria-label={t().tailnet.peers}>
      <h2 class="mb-2 font-medium">{t().tailnet.peers}</h2>
      <Show when={problem()}>{(it) => <ProblemNote title={t().tailnet.peersNotKnown} {...it()} tone="wait" />}</Show>
      <Show when={isKnown()}>
        <Show
          when={peers.length > 0}
          fallback={<p class="card px-4 py-6 text-center text-muted">{t().tailnet.noPeers}</p>}
        >
          <ul class="card divide-y divide-line" aria-label={t().tailnet.peers}>
            <For each={peers}>{(peer) => <PeerRow peer={peer} />}</For>
          </ul>
        </Show>
      </Show>
    </section>
  );
}

function PeerRow(props: { peer: SeenPeer }): JSX.Element {
  return (
    <li class="flex flex-col gap-1 px-4 py-2.5 select-text">
      <p class="wrap-anywhere">
        <span class="font-medium">{props.peer.login}</span> {t().activity.at(props.peer.device)}
      </p>
      <p class="text-sm wrap-anywhere text-muted">
        {[...props.peer.tags, t().tailnet.grants(props.peer.grants)].join(' · ')}
      </p>
      <For each={props.peer.unread}>
        {(text) => <p class="text-sm wrap-anywhere text-bad-ink">{`${t().tailnet.unread}: ${text}`}</p>}
      </For>
    </li>
  );
}

import { createSignal, For, onCleanup, Show, type JSX } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import { webAddress } from '../components/web-address.ts';
import { ProblemNote } from '../components/problem-note.tsx';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';
import { poll } from '../state/poll.ts';
import { useSession } from '../state/session.tsx';
import { firstVisitOf } from '../tailnet/tailnet-looks.ts';
import { t } from '../words/language.ts';
import { reachOf } from './reach.ts';
import { standings, type Standing } from './standing.ts';

const pauseMs = 10_000;

/** The hosts that have the same workspaces, where there is more than one, and from which of them a workspace is best opened here. */
export function HostList(props: { path: string }): JSX.Element {
  const { platform, about } = useSession();
  const [hosts, setHosts] = createStore<Standing[]>([]);
  const [problem, setProblem] = createSignal<ShownProblem>();
  const ending = new AbortController();
  // Only the page that a peer sees may ask other hosts (its Content-Security-Policy); this computer's user asks this one anyway.
  const mayReach = (): boolean => about.state === 'ready' && about().local_auth === 'tailnet';
  const polling = poll({
    async load(signal) {
      const found = await platform.host.tailnet.hosts(undefined, { signal });
      const isAsked = mayReach() && found.length > 1;
      return standings(found, isAsked ? await reachOf(found, ending.signal) : new Map());
    },
    onValue(value) {
      setHosts(reconcile(value, { key: 'name' }));
      setProblem(undefined);
    },
    onProblem: (error) => setProblem(toShownProblem(error)),
    pauseMs,
    isHidden: () => document.hidden,
  });
  onCleanup(() => {
    ending.abort();
    polling.stop();
  });
  return (
    <>
      <Show when={problem()}>{(it) => <ProblemNote title={t().hosts.notKnown} {...it()} tone="wait" />}</Show>
      <Show when={hosts.length > 1}>
        <section aria-label={t().hosts.title}>
          <h2 class="mb-1 font-medium">{t().hosts.title}</h2>
          <p class="mb-2 text-sm text-muted">{t().hosts.lead}</p>
          <ul class="card divide-y divide-line" aria-label={t().hosts.title}>
            <For each={hosts}>{(host) => <HostRow host={host} path={props.path} />}</For>
          </ul>
        </section>
      </Show>
    </>
  );
}

function HostRow(props: { host: Standing; path: string }): JSX.Element {
  const facts = (): string =>
    [
      props.host.tags.length === 0 ? props.host.login : props.host.tags.join(', '),
      props.host.here ? t().hosts.here : undefined,
      typeof props.host.reach === 'number' ? t().hosts.answersIn(whole(props.host.reach)) : undefined,
      props.host.cluster_milliseconds === undefined
        ? undefined
        : t().hosts.clusterIn(whole(props.host.cluster_milliseconds)),
    ]
      .filter((it) => it !== undefined)
      .join(' · ');
  return (
    <li class="flex flex-col gap-1 px-4 py-2.5 select-text">
      <p class="flex flex-wrap items-center gap-2.5 wrap-anywhere">
        <Show
          when={!props.host.here && webAddress(`${props.host.url}${props.path}`)}
          fallback={<span class="font-medium">{props.host.name}</span>}
        >
          {(address) => (
            <a class="link font-medium" href={address()} target="_blank" rel="noopener noreferrer">
              {props.host.name}
            </a>
          )}
        </Show>
        <Show when={props.host.isBest}>
          <span class="rounded-full bg-good-soft px-2 text-sm text-good-ink">{t().hosts.best}</span>
        </Show>
      </p>
      <p class="text-sm wrap-anywhere text-muted">{facts()}</p>
      <Show when={props.host.reach === 'away'}>
        <p class="text-sm wrap-anywhere text-wait-ink">{t().hosts.notReached(firstVisitOf(props.host.url) ?? '')}</p>
      </Show>
    </li>
  );
}

function whole(milliseconds: number): string {
  return String(Math.max(1, Math.round(milliseconds)));
}

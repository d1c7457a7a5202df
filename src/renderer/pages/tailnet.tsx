import { createSignal, onCleanup, Show, type JSX } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import type { TailnetState } from '#contract/tailnet.ts';
import { HostList } from '../hosts/host-list.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';
import { AddressCard } from '../sharing/address-card.tsx';
import { Page } from '../shell/page.tsx';
import { useSession } from '../state/session.tsx';
import { poll } from '../state/poll.ts';
import { LoginForm } from '../tailnet/login-form.tsx';
import { ModeCard } from '../tailnet/mode-card.tsx';
import { NetcheckCard } from '../tailnet/netcheck-card.tsx';
import { PeerList } from '../tailnet/peer-list.tsx';
import { StateCard } from '../tailnet/state-card.tsx';
import { firstVisitOf, isOurs, wantsLogin } from '../tailnet/tailnet-looks.ts';
import { t } from '../words/language.ts';

/** Somebody who logs in elsewhere looks here for it. */
const pauseMs = 2_000;

/** How the host stands to its tailnet, and what brings it there: `guildnet tailnet` as a page. */
export function TailnetPage(): JSX.Element {
  const { platform, whyNot } = useSession();
  const [known, setKnown] = createStore<{ state?: TailnetState }>({});
  const [problem, setProblem] = createSignal<ShownProblem>();
  const take = (state: TailnetState): void => {
    setKnown('state', reconcile(state));
    setProblem(undefined);
  };
  const polling = poll({
    load: (signal) => platform.host.tailnet.get(undefined, { signal }),
    onValue: take,
    onProblem: (error) => setProblem(toShownProblem(error)),
    pauseMs,
    isHidden: () => document.hidden,
  });
  onCleanup(() => polling.stop());
  const isHere = (): boolean => whyNot('machine') === undefined;

  return (
    <Page title={t().tailnet.title} lead={t().tailnet.lead}>
      <div class="flex flex-col gap-6">
        <Show when={problem()}>{(it) => <ProblemNote title={t().tailnet.notKnown} {...it()} tone="wait" />}</Show>
        <Show when={known.state} fallback={<p class="text-muted">{t().tailnet.waiting}</p>}>
          {(state) => (
            <>
              <StateCard state={state()} onState={take} />
              <Show when={state().url}>
                {(url) => (
                  <>
                    <HostAddress url={url()} isKnown={state().certificate?.kind === 'tailnet'} />
                    <HostList path="/" />
                  </>
                )}
              </Show>
              <Show
                when={isOurs(state()) && isHere()}
                fallback={<p class="text-muted">{isOurs(state()) ? t().tailnet.localOnly : t().tailnet.ofSystem}</p>}
              >
                <Login state={state()} onState={take} />
              </Show>
              <Show when={isHere()}>
                <ModeCard state={state()} onState={take} />
              </Show>
              <Show when={whyNot('host') === undefined && state().phase !== 'off'}>
                <Show when={state().phase === 'running'}>
                  <NetcheckCard />
                </Show>
                <PeerList />
              </Show>
            </>
          )}
        </Show>
      </div>
    </Page>
  );
}

function HostAddress(props: { url: string; isKnown: boolean }): JSX.Element {
  return (
    <AddressCard
      name={t().tailnet.reachable}
      title={t().tailnet.reachableAt}
      address={props.url}
      code={t().tailnet.code}
    >
      <Show when={props.isKnown ? undefined : firstVisitOf(props.url)}>
        {(first) => (
          <p class="text-sm text-muted">
            {t().tailnet.firstVisit} <span class="block font-mono wrap-anywhere text-ink select-all">{first()}</span>
          </p>
        )}
      </Show>
    </AddressCard>
  );
}

/** Open where nothing goes on without it. */
function Login(props: { state: TailnetState; onState: (state: TailnetState) => void }): JSX.Element {
  return (
    <details class="card p-5" open={wantsLogin(props.state)}>
      <summary class="cursor-pointer font-medium">
        {props.state.phase === 'running' ? t().tailnet.again : t().tailnet.loginTitle}
      </summary>
      <div class="mt-4 flex flex-col gap-3">
        <Show when={props.state.phase === 'running'}>
          <p class="text-muted">{t().tailnet.againText}</p>
        </Show>
        <LoginForm server={props.state.login_server} onState={(state) => props.onState(state)} />
      </div>
    </details>
  );
}

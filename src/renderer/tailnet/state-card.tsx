import { createEffect, createSignal, For, on, Show, type JSX } from 'solid-js';
import type { TailnetState } from '#contract/tailnet.ts';
import { toneDots } from '../cluster/cluster-words.ts';
import { ConfirmDialog } from '../components/confirm-dialog.tsx';
import { Fact, Facts } from '../components/fact.tsx';
import { Icon } from '../components/icons.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { createClock } from '../time/clock.ts';
import { stopwatchWords } from '../time/elapsed.ts';
import { webAddress } from '../components/web-address.ts';
import { t } from '../words/language.ts';
import { certificateOf, expiryOf, isOurs, remedyOf, toneOf } from './tailnet-looks.ts';

interface StateCardProps {
  state: TailnetState;
  onState: (state: TailnetState) => void;
}

/** How the host stands to its tailnet: the phase, what is wrong and what to do, and what is known. */
export function StateCard(props: StateCardProps): JSX.Element {
  const now = createClock(1_000);
  const expiry = (): ReturnType<typeof expiryOf> => expiryOf(props.state, now());
  return (
    <section class="card flex flex-col gap-4 p-5" aria-label={t().tailnet.state}>
      <div class="flex items-start gap-4 max-sm:flex-wrap">
        <div class="min-w-0 flex-1 max-sm:basis-full">
          <h2 class="flex items-center gap-2.5 text-lg font-semibold">
            <span class={`size-2 shrink-0 rounded-full ${toneDots[toneOf(props.state)]}`} />
            {t().tailnet.phases[props.state.phase].title}
          </h2>
          <p class="mt-0.5 max-w-prose text-muted">{t().tailnet.phases[props.state.phase].text}</p>
        </div>
        <LogoutButton state={props.state} onState={(state) => props.onState(state)} />
      </div>
      <Show when={props.state.phase === 'off'}>
        <p class="max-w-prose">{t().tailnet.howToOn}</p>
      </Show>
      <Show when={props.state.phase === 'starting'}>
        <Waiting phase={props.state.phase} now={now()} />
      </Show>
      <Show when={props.state.problem}>
        {(problem) => (
          <ProblemNote
            {...problem()}
            remedy={remedyOf(props.state)}
            tone={props.state.phase === 'failed' ? 'bad' : 'wait'}
          />
        )}
      </Show>
      <Show when={props.state.login_url}>{(url) => <LoginAddress url={url()} />}</Show>
      <Show when={expiry()?.isSoon === true}>
        <ProblemNote tone="wait" message={t().tailnet.expiresSoon} remedy={t().tailnet.expiresSoonRemedy} />
      </Show>
      <Facts>
        <Fact label={t().tailnet.facts.server} value={props.state.login_server} code />
        <Fact label={t().tailnet.facts.name} value={props.state.name} code />
        <Fact label={t().tailnet.facts.addresses} value={props.state.addresses?.join(', ')} code />
        <Fact label={t().tailnet.facts.login} value={props.state.login} />
        <Fact label={t().tailnet.facts.tags} value={props.state.tags?.join(', ')} />
        <Fact label={t().tailnet.facts.expires} value={expiry()?.text} />
        <Fact label={t().tailnet.facts.certificate} value={certificateOf(props.state)}>
          <Show when={props.state.certificate?.problem}>
            {(problem) => (
              <span class="block text-sm text-muted">
                {problem().message} {problem().remedy}
              </span>
            )}
          </Show>
        </Fact>
        <Fact label={t().tailnet.facts.authority} value={props.state.authority_sha256} code />
        <For each={props.state.health}>{(text) => <Fact label={t().tailnet.facts.health} value={text} />}</For>
      </Facts>
    </section>
  );
}

/** Where a person logs the host in. The control server names it: it is opened as any page of the web. */
function LoginAddress(props: { url: string }): JSX.Element {
  return (
    <div class="flex flex-col items-start gap-2">
      <p>{t().tailnet.loginAt}</p>
      <Show when={webAddress(props.url)}>
        {(address) => (
          <a class="button button-primary max-w-full" href={address()} target="_blank" rel="noopener noreferrer">
            <Icon name="open" />
            {t().tailnet.openLogin}
          </a>
        )}
      </Show>
      <p class="max-w-full font-mono text-sm wrap-anywhere text-muted select-all">{props.url}</p>
    </div>
  );
}

function Waiting(props: { phase: string; now: number }): JSX.Element {
  const [since, setSince] = createSignal(Date.now());
  createEffect(
    on(
      () => props.phase,
      () => setSince(Date.now()),
      { defer: true },
    ),
  );
  return (
    <p class="flex items-center gap-2.5 text-muted tabular-nums">
      <span class="spinner" /> {stopwatchWords(props.now - since())}
    </p>
  );
}

function LogoutButton(props: StateCardProps): JSX.Element {
  const { platform, whyNot } = useSession();
  const [isBusy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<ShownProblem>();
  const isIn = (): boolean => isOurs(props.state) && props.state.phase !== 'off' && props.state.phase !== 'logged-out';
  const logout = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      props.onState(await platform.host.tailnet.logout());
    } catch (error) {
      setProblem(toShownProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Show when={isIn() && whyNot('machine') === undefined}>
      <ConfirmDialog
        trigger={t().tailnet.logout}
        icon="stop"
        disabled={isBusy()}
        title={t().tailnet.logoutTitle}
        confirm={t().tailnet.logout}
        onConfirm={() => void logout()}
      >
        {t().tailnet.logoutText}
      </ConfirmDialog>
      <Show when={problem()}>{(it) => <ProblemNote {...it()} alert />}</Show>
    </Show>
  );
}

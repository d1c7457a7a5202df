import { Match, onMount, Show, Switch, type JSX } from 'solid-js';
import type { UpdateState } from '#contract/desktop.ts';
import { webAddress } from '../components/web-address.ts';
import { ProblemNote } from '../components/problem-note.tsx';
import type { UpdateActions } from '../platform/platform.ts';
import { toShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';

/** Newer versions of the app, and whether they are looked for; nothing in a browser. */
export function UpdateSettings(): JSX.Element {
  const { platform } = useSession();
  return <Show when={platform.updates}>{(actions) => <Updates actions={actions()} />}</Show>;
}

function Updates(props: { actions: UpdateActions }): JSX.Element {
  const { desktop } = useSession();
  const ask = (what: Promise<UpdateState>): void => {
    what
      .then((state) => desktop.take({ type: 'updates', state }))
      .catch((error: unknown) => desktop.take({ type: 'problem', title: t().updates.title, ...toShownProblem(error) }));
  };
  onMount(() => ask(props.actions.state()));
  return (
    <Show when={desktop.updates()}>
      {(state) => (
        <section aria-label={t().updates.title} class="mb-5">
          <h2 class="mb-1 font-medium">{t().updates.title}</h2>
          <Show when={state().off === undefined} fallback={<p class="text-muted">{state().off}</p>}>
            <label class="flex items-start gap-2.5 py-0.5">
              <input
                type="checkbox"
                class="mt-0.5 size-4 accent-accent"
                checked={state().looks}
                onChange={(event) => ask(props.actions.choose(event.currentTarget.checked))}
              />
              {t().updates.looks}
            </label>
            <Offer
              state={state()}
              look={() => ask(props.actions.look())}
              download={() => ask(props.actions.download())}
            />
          </Show>
        </section>
      )}
    </Show>
  );
}

function Offer(props: { state: UpdateState; look: () => void; download: () => void }): JSX.Element {
  const version = (): string => props.state.version ?? '';
  const isBusy = (): boolean => props.state.phase === 'looking' || props.state.phase === 'downloading';
  return (
    <div class="mt-1.5 flex flex-col items-start gap-2">
      <p role="status" class="wrap-anywhere">
        <Switch>
          <Match when={props.state.phase === 'looking'}>{t().updates.looking}</Match>
          <Match when={props.state.phase === 'current'}>{t().updates.current}</Match>
          <Match when={props.state.phase === 'offered'}>{t().updates.offered(version())}</Match>
          <Match when={props.state.phase === 'downloading'}>
            {t().updates.downloading(version(), String(props.state.percent ?? 0))}
          </Match>
          <Match when={props.state.phase === 'ready' && props.state.looks}>{t().updates.ready(version())}</Match>
          <Match when={props.state.phase === 'ready'}>{t().updates.notApplied(version())}</Match>
        </Switch>
      </p>
      <Show when={props.state.problem}>{(problem) => <ProblemNote {...problem()} />}</Show>
      <Show when={version() !== '' && props.state.byHand}>
        {(byHand) => (
          <p class="max-w-prose wrap-anywhere">
            {t().updates.byHand} {byHand().reason}{' '}
            <a class="link" href={webAddress(byHand().address)} target="_blank" rel="noopener">
              {byHand().address}
            </a>
          </p>
        )}
      </Show>
      <Show
        when={version() !== '' && props.state.byHand === undefined && props.state.phase !== 'ready'}
        fallback={
          <Show when={props.state.phase !== 'ready'}>
            <button type="button" class="button" aria-disabled={isBusy()} onClick={() => props.look()}>
              {t().updates.lookNow}
            </button>
          </Show>
        }
      >
        <button type="button" class="button" aria-disabled={isBusy()} onClick={() => props.download()}>
          {t().updates.download(version())}
        </button>
      </Show>
    </div>
  );
}

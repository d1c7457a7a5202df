import {
  createEffect,
  createMemo,
  createSignal,
  Match,
  on,
  onCleanup,
  Show,
  Switch,
  untrack,
  type JSX,
} from 'solid-js';
import { useLocation, useNavigate } from '@solidjs/router';
import type { TailnetHost } from '#contract/tailnet.ts';
import { Icon } from '../components/icons.tsx';
import { useSession } from '../state/session.tsx';
import { createClock } from '../time/clock.ts';
import { t } from '../words/language.ts';
import { cameFrom } from './takeover.ts';
import { watchHost, type HostWatch } from './watch-host.ts';

/** For peers of the tailnet: says that the host is away and who takes over, and at the other host, who was away. */
export function TakeoverBanner(): JSX.Element {
  const { about } = useSession();
  // Who came by the tailnet stays so for as long as the page lives, whatever becomes of the host meanwhile.
  const isPeer = createMemo<boolean>(
    (was) => was || (about.state === 'ready' && about().local_auth === 'tailnet'),
    false,
  );
  return (
    <>
      <Arrived />
      <Show when={isPeer()}>
        <Watching />
      </Show>
    </>
  );
}

function Watching(): JSX.Element {
  const { platform, world } = useSession();
  const watch = watchHost(platform);
  createEffect(
    on(
      () => world.link.phase,
      (phase) => {
        if (phase === 'lost') watch.look();
      },
      { defer: true },
    ),
  );
  const going = (): { to: TailnetHost; at: number } | undefined => {
    const state = watch.state();
    return state.kind === 'going' ? state : undefined;
  };
  const offered = (): TailnetHost | undefined => {
    const state = watch.state();
    return state.kind === 'offered' ? state.to : undefined;
  };
  return (
    <Switch>
      <Match when={going()}>{(it) => <Going watch={watch} to={it().to} at={it().at} />}</Match>
      <Match when={offered()}>
        {(to) => (
          <Banner text={t().hosts.away(location.hostname)} more={t().hosts.offered(to().name, ownerOf(to()))}>
            <Ways watch={watch} to={to()} />
          </Banner>
        )}
      </Match>
    </Switch>
  );
}

function Going(props: { watch: HostWatch; to: TailnetHost; at: number }): JSX.Element {
  const now = createClock(250);
  const seconds = (): string => String(Math.max(0, Math.ceil((props.at - now()) / 1_000)));
  createEffect(() => {
    const { watch, to, at } = props;
    const timer = setTimeout(() => watch.go(to), Math.max(0, at - Date.now()));
    onCleanup(() => clearTimeout(timer));
  });
  return (
    <Banner text={t().hosts.away(location.hostname)} more={t().hosts.takesOver(props.to.name, seconds())}>
      <Ways watch={props.watch} to={props.to} />
    </Banner>
  );
}

function Ways(props: { watch: HostWatch; to: TailnetHost }): JSX.Element {
  return (
    <>
      <button type="button" class="button button-primary" onClick={() => props.watch.go(props.to)}>
        {t().hosts.go}
      </button>
      <button type="button" class="button" onClick={() => props.watch.stay()}>
        {t().hosts.stay}
      </button>
    </>
  );
}

/** What the page that came here from another host says of it. It is said once: a bookmark of this address is not about it. */
function Arrived(): JSX.Element {
  const place = useLocation();
  const navigate = useNavigate();
  const said = untrack(() => cameFrom(place.search));
  const [from, setFrom] = createSignal(said);
  if (said !== undefined)
    navigate(
      untrack(() => place.pathname),
      { replace: true },
    );
  return (
    <Show when={from()}>
      {(name) => (
        <Banner text={t().hosts.wasAway(name())} more={t().hosts.hereNow(location.hostname)}>
          <button
            type="button"
            class="button button-quiet button-square"
            aria-label={t().frame.dismiss}
            onClick={() => setFrom(undefined)}
          >
            <Icon name="close" />
          </button>
        </Banner>
      )}
    </Show>
  );
}

function Banner(props: { text: string; more: string; children: JSX.Element }): JSX.Element {
  return (
    <section aria-label={t().hosts.takeover} class="shrink-0 bg-wait-soft py-2.5">
      <div class="mx-auto flex max-w-4xl items-center gap-3 px-6 max-sm:flex-wrap max-sm:px-4">
        <Icon name="alert" class="text-wait-ink" />
        <div role="status" class="min-w-0 flex-1 wrap-anywhere">
          <p class="font-medium text-wait-ink">{props.text}</p>
          <p>{props.more}</p>
        </div>
        {props.children}
      </div>
    </section>
  );
}

function ownerOf({ login, tags }: TailnetHost): string {
  return tags.length === 0 ? login : tags.join(', ');
}

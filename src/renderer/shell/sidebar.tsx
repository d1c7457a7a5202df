import { A, useLocation } from '@solidjs/router';
import { createSignal, For, Show, type JSX } from 'solid-js';
import type { Server } from '#contract/server.ts';
import { clusterWords, toneDots } from '../cluster/cluster-words.ts';
import { Icon, Mark, type IconName } from '../components/icons.tsx';
import { StatusDot } from '../components/status-chip.tsx';
import { useSession } from '../state/session.tsx';
import { isHostPage } from './host-tabs.tsx';
import { SignOutButton } from './sign-out-button.tsx';
import { t } from '../words/language.ts';

/** For switching between a few; the list has all of them, and Ctrl+K finds any. */
const mostActive = 40;

/**
 * Ways to every page, the workspaces that run for switching between them, and the cluster's state. Folds to a rail; on a phone it is a drawer,
 * which folds away whole.
 */
export function Sidebar(props: { isDrawer?: boolean; onFold?: () => void }): JSX.Element {
  const { world, servers, about, desktop, shortcuts, whyNot } = useSession();
  const newer = (): string | undefined => desktop.updates()?.version;
  const location = useLocation();
  const [isUnfolded, setUnfolded] = createSignal(window.matchMedia('(min-width: 48rem)').matches);
  const isWide = (): boolean => props.isDrawer === true || isUnfolded();
  const fold = (): void => (props.isDrawer === true ? props.onFold?.() : void setUnfolded(!isUnfolded()));
  const active = (): Server[] =>
    servers().filter((server) => server.phase !== 'Stopped' && server.phase !== 'Terminating');

  return (
    <nav
      aria-label={t().frame.main}
      class="flex shrink-0 flex-col gap-0.5 border-r border-line bg-sunken p-2 transition-[width] duration-150"
      classList={{ 'w-56': isWide(), 'w-13': !isWide() }}
    >
      <div class="mb-2 flex h-9 items-center gap-2 overflow-hidden px-2">
        <Show when={isWide()}>
          <Mark />
          <span class="flex-1 font-semibold tracking-tight">GuildNet</span>
        </Show>
        <button
          type="button"
          class="button button-quiet button-square -mx-1.5"
          aria-label={t().frame.sidebar}
          aria-expanded={isWide()}
          title={isWide() ? t().frame.fold : t().frame.unfold}
          onClick={fold}
        >
          <Icon name="panel" />
        </button>
      </div>
      <NavLink href="/" end icon="workspaces" label={t().frame.workspaces} isWide={isWide()} />
      <Show when={whyNot('launch') === undefined}>
        <NavLink href="/launch" icon="plus" label={t().frame.launch} hint={shortcuts.launchHint()} isWide={isWide()} />
      </Show>
      <NavLink href="/sharing" icon="share" label={t().frame.sharing} isWide={isWide()} />

      <div class="mt-4 flex min-h-0 flex-1 flex-col gap-0.5 overflow-y-auto">
        <Show when={isWide() && active().length > 0}>
          <h2 class="px-2 pb-1 text-xs font-medium text-muted">{t().frame.active}</h2>
        </Show>
        <For each={active().slice(0, mostActive)}>
          {(server) => <WorkspaceLink server={server} isWide={isWide()} />}
        </For>
        <Show when={isWide() && active().length > mostActive}>
          <p class="px-2 py-1 text-sm text-muted">{t().frame.more(String(active().length - mostActive))}</p>
        </Show>
      </div>

      <NavLink
        href={whyNot('host') === undefined ? '/settings' : '/presets'}
        icon="gear"
        label={t().frame.host}
        isWide={isWide()}
        isHere={isHostPage(location.pathname)}
      />
      <NavLink href="/tailnet" icon="globe" label={t().frame.tailnet} isWide={isWide()} />
      <Show when={world.cluster}>
        {(cluster) => (
          <A
            href="/cluster"
            class="nav-link"
            title={isWide() ? cluster().context : `${t().cluster.title}: ${clusterWords(cluster()).short}`}
          >
            <span class="grid size-4 shrink-0 place-items-center">
              <span class={`size-2 rounded-full ${toneDots[clusterWords(cluster()).tone]}`} />
            </span>
            <span class="min-w-0 flex-1 truncate" classList={{ 'sr-only': !isWide() }}>
              {t().cluster.title} <span class="text-muted">{clusterWords(cluster()).short}</span>
            </span>
          </A>
        )}
      </Show>
      <Show when={isWide()}>
        <SignOutButton />
      </Show>
      <Show when={isWide() && about.state === 'ready' && about()}>
        {(it) => (
          <p class="px-2 pt-1 text-xs text-muted">
            {t().frame.version(it().version)}
            <Show when={newer()}>
              {(version) => (
                <>
                  {' · '}
                  <A href="/settings" class="link">
                    {t().updates.there(version())}
                  </A>
                </>
              )}
            </Show>
          </p>
        )}
      </Show>
    </nav>
  );
}

function NavLink(props: {
  href: string;
  icon: IconName;
  label: string;
  hint?: string | undefined;
  end?: boolean;
  isWide: boolean;
  /** Also on the pages beside it. */
  isHere?: boolean;
}): JSX.Element {
  return (
    <A
      href={props.href}
      end={props.end === true}
      class="nav-link"
      classList={{ 'nav-link-here': props.isHere === true }}
      title={props.isWide ? undefined : props.label}
    >
      <Icon name={props.icon} />
      <span class="min-w-0 flex-1 truncate" classList={{ 'sr-only': !props.isWide }}>
        {props.label}
      </span>
      <Show when={props.isWide && props.hint}>
        <kbd class="kbd" aria-hidden="true">
          {props.hint}
        </kbd>
      </Show>
    </A>
  );
}

function WorkspaceLink(props: { server: Server; isWide: boolean }): JSX.Element {
  return (
    <A
      href={`/workspaces/${encodeURIComponent(props.server.id)}`}
      class="nav-link"
      title={`${props.server.name}: ${t().list.phases[props.server.phase]}`}
    >
      <span class="grid size-4 shrink-0 place-items-center">
        <StatusDot phase={props.server.phase} />
      </span>
      <span class="min-w-0 flex-1 truncate" classList={{ 'sr-only': !props.isWide }}>
        {props.server.name}
      </span>
    </A>
  );
}

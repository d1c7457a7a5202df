import {
  createContext,
  createMemo,
  createResource,
  onCleanup,
  useContext,
  type Accessor,
  type JSX,
  type Resource,
} from 'solid-js';
import type { UiConfig } from '#contract/access.ts';
import type { CallerFacts } from '#contract/refusals.ts';
import type { Preset } from '#contract/image-defaults.ts';
import type { Server } from '#contract/server.ts';
import { createIdeDeck, type IdeDeck } from '../ide/deck.ts';
import { whyNot, type Offer, type Refusing } from '../permission/offers.ts';
import type { Platform } from '../platform/platform.ts';
import { createTabsStore, type TabsStore } from '../tabs/tabs-store.ts';
import { createShortcuts, type ShortcutsStore } from '../shortcuts/shortcuts-store.ts';
import { createActions, type Actions } from './actions.ts';
import { followHost } from './follow.ts';
import { sortedServers } from './sorted-servers.ts';
import { createUndo, type Undo } from '../undo/undo-store.ts';
import { createDesktopStore, type DesktopStore } from './desktop-store.ts';
import { createWorldStore, type WorldStore } from './world-store.ts';

/** Everything a component can ask for: one per page. */
export interface Session extends WorldStore {
  readonly platform: Platform;
  readonly actions: Actions;
  readonly deck: IdeDeck;
  readonly tabs: TabsStore;
  /** All workspaces, newest first; sorted once for everybody who shows them. */
  readonly servers: Accessor<Server[]>;
  readonly desktop: DesktopStore;
  readonly undo: Undo;
  readonly shortcuts: ShortcutsStore;
  readonly presets: Resource<Preset[]>;
  readonly about: Resource<UiConfig>;
  /** Who looks at the page; undefined as long as that is not known. */
  readonly caller: Accessor<CallerFacts | undefined>;
  /** Why this is not offered to whoever looks at the page; undefined when it is. `of`: the workspace or home that it is about. */
  whyNot(offer: Offer, of?: Refusing): string | undefined;
  /** Connects to the host again now instead of when the pause is over. */
  reconnect(): void;
}

const SessionContext = createContext<Session>();

/** How long a page may have been hidden before its stream is taken as dead: sleeping machines drop connections unseen. */
const suspiciousAbsenceMs = 60_000;

export function SessionProvider(props: { platform: Platform; children: JSX.Element }): JSX.Element {
  // A page has one platform for its whole life.
  // oxlint-disable-next-line solid/reactivity
  const { platform } = props;
  const { host } = platform;
  const { world, apply, announcement } = createWorldStore();
  const following = followHost({ watch: (signal) => host.host.watch(undefined, { signal }), apply });
  onCleanup(() => following.stop());
  onReturn(() => following.reconnect());

  const isLive = (): boolean => world.link.phase === 'live';
  // Asked for again when somebody has changed them, here or elsewhere; 0 would count as not to be asked for.
  const presetsAt = (): number | false => isLive() && 1 + world.presetChanges;
  const [presets] = createResource(presetsAt, () => host.images.list());
  const [about] = createResource(isLive, () => host.host.uiConfig());
  // What they may changes with the policy, and the host then ends the stream: each is asked for with the other.
  const [caller] = createResource(isLive, () => host.access.me());
  const known = (): CallerFacts | undefined =>
    caller.state === 'ready' || caller.state === 'refreshing' ? caller.latest : undefined;
  const actions = createActions(host, (id) => apply({ type: 'expect', id }));
  const desktop = createDesktopStore();
  const tabs = createTabsStore(world, localStorage);
  const deck = createIdeDeck(platform, world, { tabs, isElsewhere: (id) => desktop.hasWindow(id) });

  const servers = createMemo(() => sortedServers(world.servers));
  const undo = createUndo(world, actions, (of) => whyNot('restore', known(), of) === undefined);

  const session: Session = {
    platform,
    world,
    apply,
    announcement,
    actions,
    deck,
    tabs,
    servers,
    desktop,
    undo,
    shortcuts: createShortcuts(platform.shortcuts),
    presets,
    about,
    caller: known,
    whyNot: (offer, of) => whyNot(offer, known(), of),
    reconnect: () => following.reconnect(),
  };
  return <SessionContext.Provider value={session}>{props.children}</SessionContext.Provider>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('useSession was called outside of SessionProvider');
  return session;
}

/** Calls `act` when the network comes back, or the page is looked at again after a long time. */
function onReturn(act: () => void): void {
  let hiddenAt: number | undefined;
  const onVisibility = (): void => {
    if (document.hidden) {
      hiddenAt = Date.now();
      return;
    }
    if (hiddenAt !== undefined && Date.now() - hiddenAt > suspiciousAbsenceMs) act();
    hiddenAt = undefined;
  };
  window.addEventListener('online', act);
  document.addEventListener('visibilitychange', onVisibility);
  onCleanup(() => {
    window.removeEventListener('online', act);
    document.removeEventListener('visibilitychange', onVisibility);
  });
}

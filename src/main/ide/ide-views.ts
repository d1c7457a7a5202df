import {
  session as sessions,
  type BaseWindow,
  type BrowserWindow,
  type DownloadItem,
  type WebContents,
} from 'electron';
import type { Bounds, DesktopEvent } from '#contract/desktop.ts';
import { GuildNetError } from '#contract/errors.ts';
import { isWorkspaceId } from '#contract/qualified-id.ts';
import type { Host } from '#host/host.ts';
import type { Log } from '#host/observability/log.ts';
import type { FollowedWorld } from '../follow-world.ts';
import type { PageRight } from '../rights/page-right.ts';
import type { AskedPermission } from '../security/permission.ts';
import { enforceSessionPolicy, type AskedRight } from '../security/session-policy.ts';
import { cameOnline, cameToRun } from '../world.ts';
import { createFullScreen } from './full-screen.ts';
import { createIdeView, type IdeState, type IdeView } from './ide-view.ts';
import { retryDelayMs } from './load-problem.ts';
import { followNotificationClicks } from './notification-clicks.ts';
import { partitionOf, type PartitionFolders } from './partitions.ts';
import { createPopOutWindows } from './pop-out-windows.ts';
import { hasPopUps } from './pop-ups.ts';
import { createStage, type Placed } from './stage.ts';
import { addressOf, keptAddress, type ViewAddresses } from './view-addresses.ts';

export interface IdeViews {
  /** Shows the workspace's view, and one other beside it, at these CSS pixels of the page. `not_found` when there is no such workspace. */
  show(shown: Placed & { beside?: { id: string; bounds: Bounds } | undefined }): void;
  hide(): void;
  reload(id: string): void;
  close(id: string): void;
  closeAll(): void;
  /** Gives a view a window of its own, or brings that to the front. `not_found` as above. */
  popOut(id: string): void;
  popIn(id: string): void;
  /** The page of an open view. */
  contents(id: string): WebContents | undefined;
  /** The window that a view's page is in; undefined for a page that is no view's. */
  windowOf(contents: WebContents): BaseWindow | undefined;
  /** Every open view, for whoever looks after their memory. */
  open(): OpenView[];
  /** Ends a view that nobody looks at; it comes back where it was when it is shown again. */
  letGo(id: string): void;
}

export interface OpenView {
  id: string;
  contents: WebContents;
  isShown: boolean;
  /** When it was looked at last, by `performance.now()`. */
  usedAt: number;
  isHeld: boolean;
}

export interface IdeViewsOptions {
  window: BrowserWindow;
  /** The file of the picture that windows show. */
  icon: string;
  host: Pick<Host, 'workspaceUrl' | 'passTo' | 'trusts'>;
  world: FollowedWorld;
  partitions: PartitionFolders;
  addresses: ViewAddresses;
  publish: (event: DesktopEvent) => void;
  rights: Readonly<Record<AskedPermission, Pick<PageRight, 'isGranted' | 'ask'>>>;
  onDownload: (item: DownloadItem, id: string) => void;
  /** Somebody wants to see this workspace's view, which is in the window. */
  onCalled: (id: string) => void;
  /** Each new view's page, before it loads. */
  onOpen?: (contents: WebContents) => void;
  log: Log;
}

interface Entry {
  readonly ide: IdeView;
  readonly role: { readonly kind: 'workspace'; readonly id: string; readonly url: string };
  failures: number;
  retry: NodeJS.Timeout | undefined;
  usedAt: number;
}

/** The IDE views of the app: one or two on show in its window, others in windows of their own. They live on while hidden, and end with their workspace. */
export function createIdeViews(options: IdeViewsOptions): IdeViews {
  const { window, host, world, partitions, addresses, publish, log } = options;
  const entries = new Map<string, Entry>();
  const viewOf = (id: string) => entries.get(id)?.ide.view;
  const windows = createPopOutWindows({
    icon: options.icon,
    onLayOut: paintWindow,
    onBack: takeBack,
    log,
  });
  const windowOf = (contents: WebContents): BaseWindow | undefined => {
    const id = idOf(contents);
    return id === undefined ? undefined : (windows.of(id) ?? window);
  };
  const fullScreen = createFullScreen((contents) => windowOf(contents) ?? window, log);
  const stage = createStage({
    window,
    viewOf,
    own: () => [...entries].filter(([id]) => windows.of(id) === undefined).map(([id, { ide }]) => [id, ide.view]),
    mayBeSeen,
    holder: () => fullScreen.holder(),
  });

  function idOf(contents: WebContents): string | undefined {
    return [...entries].find(([, { ide }]) => ide.view.webContents === contents)?.[0];
  }
  const isSeen = (id: string): boolean => stage.holds(id) || windows.of(id) !== undefined;
  function mayBeSeen(id: string): boolean {
    return entries.get(id)?.ide.state().name !== 'failed';
  }
  function paintWindow(id: string): void {
    viewOf(id)?.setVisible(mayBeSeen(id));
  }

  const rightOf = (permission: AskedPermission, id: string): AskedRight => ({
    isGranted: () => options.rights[permission].isGranted(id),
    ask: (contents) => options.rights[permission].ask(id, contents),
  });

  function open(id: string): Entry {
    const role = { kind: 'workspace', id, url: host.workspaceUrl(id) } as const;
    const session = sessions.fromPartition(partitionOf(id));
    partitions.unmark(id);
    enforceSessionPolicy(session, role, (name, print) => host.trusts(name, print), {
      pass: () => host.passTo(id),
      rights: { 'clipboard-read': rightOf('clipboard-read', id), notifications: rightOf('notifications', id) },
      onDownload: (item) => options.onDownload(item, id),
    });
    const ide = createIdeView({
      role,
      session,
      log: log.child({ workspace: id }),
      onState: (state) => onState(id, state),
      onLetGo: () => onLetGo(id),
    });
    const entry: Entry = { ide, role, failures: 0, retry: undefined, usedAt: performance.now() };
    const { webContents } = ide.view;
    entries.set(id, entry);
    ide.view.setVisible(false);
    window.contentView.addChildView(ide.view);
    fullScreen.follow(webContents, () => stage.update());
    webContents.on('focus', () => {
      entry.usedAt = performance.now();
      if (stage.holds(id) && stage.first() !== id) publish({ type: 'focused', id });
    });
    followNotificationClicks(webContents, () => onNotificationClick(id), log);
    options.onOpen?.(webContents);
    ide.load(addressOf(role, addresses.of(id)));
    return entry;
  }

  function onState(id: string, state: IdeState): void {
    const entry = entries.get(id);
    publish(eventOf(id, state));
    if (entry === undefined) return;
    clearTimeout(entry.retry);
    if (state.name === 'ready') {
      entry.failures = 0;
      keepAddress(id, entry);
    }
    if (state.name === 'failed') {
      log.info({ workspace: id, reason: state.message }, 'an IDE is not there');
      entry.failures += 1;
      if (entry.ide.isGone()) close(id);
      else entry.retry = setTimeout(() => retry(id), retryDelayMs(entry.failures));
    }
    stage.update();
    if (windows.of(id) !== undefined) paintWindow(id);
  }

  function onNotificationClick(id: string): void {
    if (!options.rights.notifications.isGranted(id)) return;
    if (!toFront(id)) options.onCalled(id);
  }

  /** False: it has no window of its own. */
  function toFront(id: string): boolean {
    const own = windows.of(id);
    if (own === undefined) return false;
    if (own.isMinimized()) own.restore();
    own.show();
    own.focus();
    return true;
  }

  function keepAddress(id: string, { ide, role }: Entry): void {
    const { webContents } = ide.view;
    if (!webContents.isDestroyed()) addresses.keep(id, keptAddress(role, webContents.getURL()));
  }

  /** Loads a failed view again where that can help: somebody looks at it, and the workspace runs. */
  function retry(id: string): void {
    const entry = entries.get(id);
    const running = world.now().servers.get(id)?.phase === 'Running';
    if (entry?.ide.state().name === 'failed' && isSeen(id) && running) {
      // Where it was may be what does not load.
      entry.ide.load(entry.failures > 1 ? undefined : addressOf(entry.role, addresses.of(id)));
    }
  }

  function close(id: string): void {
    const entry = entries.get(id);
    if (entry === undefined) return;
    windows.close(id);
    remove(id, entry);
    entry.ide.close();
  }

  function remove(id: string, entry: Entry): void {
    entries.delete(id);
    clearTimeout(entry.retry);
    if (!window.isDestroyed()) window.contentView.removeChildView(entry.ide.view);
  }

  function onLetGo(id: string): void {
    const entry = entries.get(id);
    if (entry === undefined) return;
    remove(id, entry);
    log.info({ workspace: id }, 'an IDE that nobody looked at was let go to save memory');
    publish({ type: 'ide', id, state: 'resting' });
    // Somebody has come to look at it meanwhile.
    if (stage.holds(id)) open(id);
    stage.update();
  }

  function takeBack(id: string): void {
    const entry = entries.get(id);
    if (entry !== undefined && !window.isDestroyed()) {
      entry.ide.view.setVisible(false);
      window.contentView.addChildView(entry.ide.view);
    }
    publish({ type: 'windows', ids: windows.ids() });
  }

  function entryOf(id: string): Entry {
    if (!isWorkspaceId(id) || !world.now().servers.has(id)) {
      throw new GuildNetError('not_found', `There is no workspace "${id}".`, { remedy: 'Choose one from the list.' });
    }
    return entries.get(id) ?? open(id);
  }

  world.onChange(({ event, before, after }) => {
    if (event.type === 'delete') {
      close(event.id);
      addresses.forget(event.id);
      forget(event.id, partitions).catch((error: unknown) => {
        log.warn({ err: error, workspace: event.id }, "a deleted workspace's browser data could not be cleared");
      });
    }
    for (const id of entries.keys()) {
      if (cameToRun(id, before, after) || cameOnline(before, after)) retry(id);
      // Gone without a word: deleted while the cluster was away, or another cluster is in use. Its data is kept.
      if (after.cluster?.phase === 'online' && !after.servers.has(id)) close(id);
    }
  });

  return {
    show({ id, bounds, beside }) {
      const wanted = [{ id, bounds }, ...(beside === undefined || beside.id === id ? [] : [beside])];
      const shown = wanted.map((one) => ({ ...one, entry: entryOf(one.id) }));
      const here = shown.filter((one) => windows.of(one.id) === undefined);
      const isSameFirst = stage.first() === id;
      const fresh = here.filter((one) => !stage.holds(one.id));
      if (!isSameFirst || fresh.length > 0) fullScreen.leave();
      for (const { entry } of fresh) window.contentView.addChildView(entry.ide.view);
      for (const { entry } of here) {
        entry.usedAt = performance.now();
        entry.ide.use();
      }
      stage.set(here);
      for (const { id: one, entry } of fresh) onShown(one, entry);
      const first = here[0]?.entry;
      if (!isSameFirst && first !== undefined && first.ide.state().name !== 'failed') {
        const { webContents } = first.ide.view;
        if (!webContents.isFocused()) webContents.focus();
      }
    },
    hide() {
      if (stage.first() === undefined) return;
      fullScreen.leave();
      for (const entry of entries.values()) if (stage.holds(entry.role.id)) entry.usedAt = performance.now();
      stage.set([]);
      window.webContents.focus();
    },
    reload(id) {
      const entry = entries.get(id);
      if (entry === undefined) return;
      entry.failures = 0;
      entry.ide.load();
    },
    close(id) {
      stage.drop(id);
      close(id);
    },
    closeAll() {
      for (const [id, entry] of entries) {
        keepAddress(id, entry);
        close(id);
      }
      addresses.save();
    },
    popOut(id) {
      const entry = entryOf(id);
      if (toFront(id)) return;
      fullScreen.leave();
      stage.drop(id);
      window.contentView.removeChildView(entry.ide.view);
      windows.open(id, entry.role, entry.ide.view);
      publish({ type: 'windows', ids: windows.ids() });
      publish(eventOf(id, entry.ide.state()));
      stage.update();
    },
    popIn: (id) => windows.close(id),
    contents: (id) => entries.get(id)?.ide.view.webContents,
    windowOf,
    open: () =>
      [...entries].map(([id, { ide, usedAt }]) => {
        const { webContents: contents } = ide.view;
        const isHeld = ide.asksToStay() || contents.isCurrentlyAudible() || hasPopUps(contents.session);
        return { id, contents, isShown: isSeen(id), usedAt, isHeld };
      }),
    letGo(id) {
      const entry = entries.get(id);
      if (entry === undefined || isSeen(id)) return;
      keepAddress(id, entry);
      addresses.save();
      entry.ide.letGo();
    },
  };

  /** A page that has just come back to a view needs its state told, and a failed one another chance. */
  function onShown(id: string, entry: Entry): void {
    const state = entry.ide.state();
    publish(eventOf(id, state));
    if (state.name === 'failed') retry(id);
  }
}

/**
 * Drops all that a deleted workspace's pages have stored on this machine: the data at once, the folder at the next start.
 */
async function forget(id: string, partitions: PartitionFolders): Promise<void> {
  if (!partitions.exists(id)) return;
  partitions.mark(id);
  const session = sessions.fromPartition(partitionOf(id));
  await Promise.all([session.clearStorageData(), session.clearCache(), session.clearAuthCache()]);
}

function eventOf(id: string, state: IdeState): DesktopEvent {
  const message = state.name === 'failed' ? { message: state.message } : {};
  const away = 'away' in state && state.away !== undefined ? { away: state.away } : {};
  return { type: 'ide', id, state: state.name, ...message, ...away };
}

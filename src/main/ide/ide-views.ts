import { session as sessions, type BrowserWindow, type DownloadItem, type WebContents } from 'electron';
import type { Bounds, DesktopEvent } from '#contract/desktop.ts';
import { GuildNetError } from '#contract/errors.ts';
import { isDnsLabel } from '#contract/names.ts';
import type { Host } from '#host/host.ts';
import type { Log } from '#host/observability/log.ts';
import type { FollowedWorld } from '../follow-world.ts';
import { enforceSessionPolicy } from '../security/session-policy.ts';
import { cameOnline, cameToRun } from '../world.ts';
import { createIdeView, type IdeState, type IdeView } from './ide-view.ts';
import { retryDelayMs } from './load-problem.ts';
import { createFullScreen } from './full-screen.ts';
import { partitionOf, type PartitionFolders } from './partitions.ts';
import { viewBounds } from './view-bounds.ts';

export interface IdeViews {
  /** Shows the workspace's view, and only it, at these CSS pixels of the page. `not_found` when there is no such workspace. */
  show(id: string, bounds: Bounds): void;
  hide(): void;
  reload(id: string): void;
  close(id: string): void;
  closeAll(): void;
  /** The page of an open view. */
  contents(id: string): WebContents | undefined;
  /** The workspace whose view is on show. */
  shownId(): string | undefined;
}

export interface IdeViewsOptions {
  window: BrowserWindow;
  host: Pick<Host, 'workspaceUrl' | 'passTo' | 'trusts'>;
  world: FollowedWorld;
  partitions: PartitionFolders;
  publish: (event: DesktopEvent) => void;
  onDownload: (item: DownloadItem, id: string) => void;
  /** Each new view's page, before it loads. */
  onOpen?: (contents: WebContents) => void;
  log: Log;
}

interface Entry {
  readonly ide: IdeView;
  failures: number;
  retry: NodeJS.Timeout | undefined;
}

/** The IDE views of the window, at most one on show. They live on while hidden, and end with their workspace. */
export function createIdeViews(options: IdeViewsOptions): IdeViews {
  const { window, host, world, partitions, publish, log } = options;
  const entries = new Map<string, Entry>();
  const fullScreen = createFullScreen(window, log);
  let shown: string | undefined;
  /** Where the page wants the shown view, in its CSS pixels. */
  let place: Bounds | undefined;

  function open(id: string): Entry {
    const url = host.workspaceUrl(id);
    const session = sessions.fromPartition(partitionOf(id));
    partitions.unmark(id);
    const role = { kind: 'workspace', id, url } as const;
    enforceSessionPolicy(session, role, (name, print) => host.trusts(name, print), {
      pass: () => host.passTo(id),
      onDownload: (item) => options.onDownload(item, id),
    });
    const ide = createIdeView({
      role,
      session,
      log: log.child({ workspace: id }),
      onState: (state) => onState(id, state),
    });
    const entry: Entry = { ide, failures: 0, retry: undefined };
    entries.set(id, entry);
    ide.view.setVisible(false);
    window.contentView.addChildView(ide.view);
    fullScreen.follow(ide.view.webContents, layOut);
    options.onOpen?.(ide.view.webContents);
    ide.load();
    return entry;
  }

  function onState(id: string, state: IdeState): void {
    const entry = entries.get(id);
    publish(eventOf(id, state));
    if (entry === undefined) return;
    clearTimeout(entry.retry);
    if (state.name === 'ready') entry.failures = 0;
    if (state.name === 'failed') {
      log.info({ workspace: id, reason: state.message }, 'an IDE is not there');
      entry.failures += 1;
      if (entry.ide.isGone()) close(id);
      else entry.retry = setTimeout(() => retry(id), retryDelayMs(entry.failures));
    }
    paint();
  }

  /** Puts the shown view where the page wants it, or over all of the window while it fills the screen. */
  function layOut(): void {
    const view = shown === undefined ? undefined : entries.get(shown)?.ide.view;
    if (view === undefined || place === undefined) return;
    const { width, height } = window.getContentBounds();
    const isFull = fullScreen.holder() === view.webContents;
    view.setBounds(
      isFull ? { x: 0, y: 0, width, height } : viewBounds(place, window.webContents.getZoomFactor(), { width, height }),
    );
  }
  // Going to full screen takes the system a moment, and there is one page more to be placed when it is done.
  window.on('resize', layOut);

  /** A failed view is not on show: the page below it says what is wrong. */
  function paint(): void {
    for (const [id, { ide }] of entries) ide.view.setVisible(id === shown && ide.state().name !== 'failed');
  }

  /** Loads a failed view again where that can help: somebody looks at it, and the workspace runs. */
  function retry(id: string): void {
    const entry = entries.get(id);
    const running = world.now().servers.get(id)?.phase === 'Running';
    if (entry?.ide.state().name === 'failed' && id === shown && running) entry.ide.load();
  }

  function close(id: string): void {
    const entry = entries.get(id);
    if (entry === undefined) return;
    entries.delete(id);
    clearTimeout(entry.retry);
    if (!window.isDestroyed()) window.contentView.removeChildView(entry.ide.view);
    entry.ide.close();
  }

  world.onChange(({ event, before, after }) => {
    if (event.type === 'delete') {
      close(event.id);
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
    show(id, bounds) {
      if (!isDnsLabel(id) || !world.now().servers.has(id)) {
        throw new GuildNetError('not_found', `There is no workspace "${id}".`, { remedy: 'Choose one from the list.' });
      }
      const entry = entries.get(id) ?? open(id);
      const isShown = shown === id;
      if (!isShown) fullScreen.leave();
      shown = id;
      place = bounds;
      layOut();
      if (isShown) return;
      window.contentView.addChildView(entry.ide.view);
      onShown(id, entry);
    },
    hide() {
      if (shown === undefined) return;
      fullScreen.leave();
      shown = undefined;
      paint();
      window.webContents.focus();
    },
    reload(id) {
      const entry = entries.get(id);
      if (entry === undefined) return;
      entry.failures = 0;
      entry.ide.load();
    },
    close(id) {
      if (shown === id) shown = undefined;
      close(id);
    },
    closeAll() {
      for (const id of entries.keys()) close(id);
    },
    contents: (id) => entries.get(id)?.ide.view.webContents,
    shownId: () => shown,
  };

  /** A page that has just come back to a view needs its state told, and a failed one another chance. */
  function onShown(id: string, entry: Entry): void {
    const state = entry.ide.state();
    publish(eventOf(id, state));
    paint();
    if (state.name === 'failed') retry(id);
    else entry.ide.view.webContents.focus();
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

import { join } from 'node:path';
import { RPCHandler } from '@orpc/server/message-port';
import { app, BrowserWindow, dialog, session, type MessagePortMain } from 'electron';
import type { UiCommand } from '#contract/desktop.ts';
import type { Host } from '#host/host.ts';
import type { Log } from '#host/observability/log.ts';
import { localUserName } from '#host/permission/local-user-name.ts';
import { createWindowClosing } from './closing/window-closing.ts';
import { pathOfLink, type ReadLink } from './deep-link/deep-link.ts';
import type { DesktopPaths } from './desktop-paths.ts';
import { createDownloads } from './downloads/downloads.ts';
import { followWorld } from './follow-world.ts';
import { createIdeViews } from './ide/ide-views.ts';
import { keepViewBudget } from './ide/keep-budget.ts';
import { createPartitionFolders } from './ide/partitions.ts';
import { openViewAddresses } from './ide/view-addresses.ts';
import { createViewTools } from './ide/view-tools.ts';
import { createDesktopEvents } from './ipc/desktop-events.ts';
import { createDesktopRouter } from './ipc/desktop-router.ts';
import { bridgePage } from './ipc/page-bridge.ts';
import type { ShortcutKeeper } from './keys/keep-shortcuts.ts';
import { listenForPaletteKey } from './keys/palette-key.ts';
import { createNotifier, tellOfWorkspaces } from './notices/notifier.ts';
import { builtFeed } from './updates/built-feed.ts';
import { feedOf } from './updates/feed.ts';
import { createQuickEntries } from './quick/offer-quick-entries.ts';
import { createUpdates } from './updates/updates.ts';
import { createPageRight, type RightKind } from './rights/page-right.ts';
import { clipboardKind, notificationsKind } from './rights/right-kinds.ts';
import { enforceSessionPolicy } from './security/session-policy.ts';
import { originOf } from './security/role.ts';
import type { Settings } from './settings/settings.ts';
import { answerSignIns } from './sign-in/sign-in.ts';
import type { Startup } from './startup/startup.ts';
import { runTray } from './tray/tray-control.ts';
import { ownPages } from './ui/own-pages.ts';
import { serveUi } from './ui/ui-scheme.ts';
import { crashedUrl } from './window/crashed-page.ts';
import { speak, t } from './words/words.ts';
import { bringToFront, openMainWindow } from './window/main-window.ts';

export interface DesktopOptions {
  host: Host;
  paths: DesktopPaths;
  settings: Settings;
  shortcuts: ShortcutKeeper;
  startup: Startup;
  /** Where the UI is loaded from: the built one, or in development the one of the build tool's server. */
  uiUrl: string;
  log: Log;
  quit: () => void;
  isQuitting: () => boolean;
}

export interface Desktop {
  /** Brings the window to the front, at this path of the UI when one is given. */
  show(path?: string): void;
  /** Brings the window to the front where a link leads, or says there why it leads nowhere. Nothing is launched by it. */
  follow(link: ReadLink): void;
  /** What a menu of the app asks of the UI. */
  command(command: UiCommand): void;
  /** Whether the host's cluster is the one on this machine, as far as is known. */
  usesLocalCluster(): boolean;
  close(): Promise<void>;
}

/** Opens everything a person sees of a started host: the window with the UI, the IDE views and the tray. */
export function openDesktop(options: DesktopOptions): Desktop {
  const { host, paths, settings, shortcuts, startup, uiUrl, log, quit, isQuitting } = options;
  const uiOrigin = originOf(new URL(uiUrl));
  const userData = app.getPath('userData');
  const partitions = createPartitionFolders(userData, log);
  partitions.sweep();
  enforceSessionPolicy(session.defaultSession, { kind: 'ui', origin: uiOrigin }, () => false);
  serveUi(session.defaultSession, paths.uiDir, () => ownPages(uiUrl), log);

  const world = followWorld(host.client, log);
  const events = createDesktopEvents();
  const window = openMainWindow({
    url: uiUrl,
    crashedUrl,
    preload: paths.preload,
    icon: join(paths.iconDir, 'icon.png'),
    stateFile: join(userData, 'window.json'),
    isHidden: () => startup.isHidden(),
    log,
  });
  const command = (asked: UiCommand): void => {
    window.webContents.focus();
    events.publish({ type: 'command', command: asked });
  };
  const downloads = createDownloads({
    folder: () => settings.now().downloadFolder ?? app.getPath('downloads'),
    publish: events.publish,
    log,
  });
  const rightOf = (kind: RightKind): ReturnType<typeof createPageRight> =>
    createPageRight({
      kind,
      client: host.client,
      world,
      windowOf: (contents) =>
        (contents === null ? undefined : (BrowserWindow.fromWebContents(contents) ?? views.windowOf(contents))) ??
        window,
      log,
    });
  const clipboard = rightOf(clipboardKind(settings));
  const notifications = rightOf(notificationsKind(settings));
  const views = createIdeViews({
    rights: { 'clipboard-read': clipboard, notifications },
    window,
    icon: join(paths.iconDir, 'icon.png'),
    addresses: openViewAddresses(join(userData, 'views.json'), log),
    host,
    world,
    partitions,
    publish: events.publish,
    onDownload: (item, id) => downloads.take(item, id),
    onCalled: (id) => show(`/workspaces/${encodeURIComponent(id)}`),
    onOpen: (contents) =>
      listenForPaletteKey(
        contents,
        () => shortcuts.now()['leave-ide'],
        () => {
          // It may come from a view that has a window of its own.
          bringToFront(window);
          command('palette');
        },
      ),
    log,
  });
  const endSignIns = answerSignIns({ parentOf: (contents) => views.windowOf(contents) ?? window, log });
  const memory = keepViewBudget({ views, settings, log });
  const updates = createUpdates({
    feed: feedOf(process.env['GUILDNET_UPDATES'], builtFeed(app.getAppPath())),
    settings,
    publish: (state) => events.publish({ type: 'updates', state }),
    log,
  });
  const tools = createViewTools({ window, views, clipboard, publish: events.publish, log });
  const desktopRouter = createDesktopRouter({
    views,
    tools,
    memory,
    clipboard,
    notifications,
    shortcuts,
    speak: (language) => {
      settings.change({ language });
      speak(language, [app.getLocale()]);
    },
    downloads,
    chooseDownloadFolder,
    startup,
    updates,
    events,
    log,
  });
  const handler = new RPCHandler({ host: host.router, desktop: desktopRouter });
  const serve = (port: MessagePortMain): void => handler.upgrade(port, { context: { caller: { kind: 'desktop' } } });
  bridgePage({ window, uiOrigin, serve, onPageGone: views.hide, log });

  const show = (path?: string): void => {
    if (path !== undefined) events.publish({ type: 'navigate', path });
    bringToFront(window);
  };
  const notify = createNotifier(show, log);
  const isLookedAt = (): boolean => !window.isDestroyed() && window.isVisible() && window.isFocused();
  const endNotices = tellOfWorkspaces({ world, localUser: localUserName(), isLookedAt, notify });
  const closeTray = runTray({
    client: host.client,
    world,
    iconDir: paths.iconDir,
    show,
    offer: createQuickEntries({ follow, log }),
    notify,
    quit,
    log,
  });
  createWindowClosing({ window, settings, world, downloads, quit, isQuitting, log });

  function follow(link: ReadLink): void {
    if ('problem' in link) {
      events.publish({
        type: 'problem',
        title: t().problem.link,
        message: t().problem.links[link.problem],
        remedy: t().problem.linkRemedy,
      });
      return bringToFront(window);
    }
    show(pathOfLink(link));
  }

  async function chooseDownloadFolder(): Promise<void> {
    const { filePaths } = await dialog.showOpenDialog(window, {
      title: t().downloads.where,
      defaultPath: settings.now().downloadFolder ?? app.getPath('downloads'),
      properties: ['openDirectory', 'createDirectory'],
    });
    const chosen = filePaths[0];
    if (chosen !== undefined) settings.change({ downloadFolder: chosen });
  }

  return {
    show,
    command(asked) {
      bringToFront(window);
      command(asked);
    },
    follow,
    usesLocalCluster: () => world.now().cluster?.source === 'local',
    async close() {
      closeTray();
      endNotices();
      endSignIns();
      updates.close();
      memory.close();
      downloads.close();
      views.closeAll();
      window.close();
      await world.stop();
    },
  };
}

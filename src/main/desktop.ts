import { join } from 'node:path';
import { RPCHandler } from '@orpc/server/message-port';
import { app, session, type MessagePortMain } from 'electron';
import type { Host } from '#host/host.ts';
import type { Log } from '#host/observability/log.ts';
import type { DesktopPaths } from './desktop-paths.ts';
import { followWorld } from './follow-world.ts';
import { createIdeViews } from './ide/ide-views.ts';
import { createPartitionFolders } from './ide/partitions.ts';
import { createDesktopEvents } from './ipc/desktop-events.ts';
import { createDesktopRouter } from './ipc/desktop-router.ts';
import { bridgePage } from './ipc/page-bridge.ts';
import { enforceSessionPolicy } from './security/session-policy.ts';
import { originOf } from './security/role.ts';
import { answerSignIns } from './sign-in/sign-in.ts';
import { runTray } from './tray/tray-control.ts';
import { hasTrayHost } from './tray/tray-host.ts';
import { serveUi } from './ui/ui-scheme.ts';
import { crashedFiles, crashedUrl } from './window/crashed-page.ts';
import { bringToFront, openMainWindow } from './window/main-window.ts';

export interface DesktopOptions {
  host: Host;
  paths: DesktopPaths;
  /** Where the UI is loaded from: the built one, or in development the one of the build tool's server. */
  uiUrl: string;
  log: Log;
  quit: () => void;
  isQuitting: () => boolean;
}

export interface Desktop {
  /** Brings the window to the front, at this path of the UI when one is given. */
  show(path?: string): void;
  /** Whether the host's cluster is the one on this machine, as far as is known. */
  usesLocalCluster(): boolean;
  close(): Promise<void>;
}

/** Opens everything a person sees of a started host: the window with the UI, the IDE views and the tray. */
export function openDesktop({ host, paths, uiUrl, log, quit, isQuitting }: DesktopOptions): Desktop {
  const uiOrigin = originOf(new URL(uiUrl));
  const userData = app.getPath('userData');
  const partitions = createPartitionFolders(userData);
  partitions.sweep();
  enforceSessionPolicy(session.defaultSession, { kind: 'ui', origin: uiOrigin }, () => false);
  serveUi(session.defaultSession, paths.uiDir, crashedFiles(uiUrl), log);

  const world = followWorld(host.client, log);
  const events = createDesktopEvents();
  const window = openMainWindow({
    url: uiUrl,
    crashedUrl,
    preload: paths.preload,
    icon: join(paths.iconDir, 'icon.png'),
    stateFile: join(userData, 'window.json'),
    log,
  });
  const endSignIns = answerSignIns({ parent: window, log });
  const views = createIdeViews({ window, host, world, partitions, publish: events.publish, log });
  const handler = new RPCHandler({ host: host.router, desktop: createDesktopRouter({ views, events, log }) });
  const serve = (port: MessagePortMain): void => handler.upgrade(port, { context: { caller: { kind: 'desktop' } } });
  bridgePage({ window, uiOrigin, serve, onPageGone: views.hide, log });

  const show = (path?: string): void => {
    if (path !== undefined) events.publish({ type: 'navigate', path });
    bringToFront(window);
  };
  const closeTray = runTray({ client: host.client, world, iconDir: paths.iconDir, show, quit, log });

  window.on('close', (event) => {
    if (isQuitting()) return;
    event.preventDefault();
    leaveWindow().catch((error: unknown) => log.error({ err: error }, 'the window could not be closed'));
  });

  /** Closing the window leaves the app in the tray, or ends it where there is no tray to come back from. */
  async function leaveWindow(): Promise<void> {
    if (await hasTrayHost(process.env, process.platform)) window.hide();
    else quit();
  }

  return {
    show,
    usesLocalCluster: () => world.now().cluster?.source === 'local',
    async close() {
      closeTray();
      endSignIns();
      views.closeAll();
      window.close();
      await world.stop();
    },
  };
}

import { BaseWindow, screen, WebContentsView, type WebContents } from 'electron';
import type { Log } from '#host/observability/log.ts';
import { awayFrom, type Role } from '../security/role.ts';
import { notShownUrl } from '../ui/own-pages.ts';
import { backgroundColour, followTheme } from '../window/background.ts';
import { popUpSize, popUpTitle } from './pop-up-shape.ts';

export interface PopOutWindows {
  /** Moves the view, with its page as it is, into a window of its own. */
  open(id: string, role: Extract<Role, { kind: 'workspace' }>, view: WebContentsView): void;
  /** The window that a workspace's view has. */
  of(id: string): BaseWindow | undefined;
  ids(): string[];
  /** Closes the window; the view is handed back first. */
  close(id: string): void;
}

/**
 * Windows of views that were taken out of the app's window. They hold the view and, below it, a page without a script that is seen when the
 * workspace's page is not there. `onBack`: the view is free again, as its window closes.
 */
export function createPopOutWindows(options: {
  icon: string;
  onLayOut: (id: string) => void;
  onBack: (id: string) => void;
  log: Log;
}): PopOutWindows {
  const { icon, onLayOut, onBack, log } = options;
  const windows = new Map<string, BaseWindow>();

  return {
    of: (id) => windows.get(id),
    ids: () => [...windows.keys()],
    close: (id) => windows.get(id)?.close(),
    open(id, role, view) {
      const { webContents } = view;
      const window = new BaseWindow({
        ...popUpSize({}, screen.getPrimaryDisplay().workAreaSize),
        title: popUpTitle(id, webContents.getTitle()),
        icon,
        autoHideMenuBar: true,
        backgroundColor: backgroundColour(),
      });
      windows.set(id, window);
      const below = new WebContentsView({ webPreferences: { sandbox: true, javascript: false } });
      below.setBackgroundColor(backgroundColour());
      below.webContents
        .loadURL(notShownUrl)
        .catch((error: unknown) => log.warn({ err: error }, 'the page below a view did not load'));
      window.contentView.addChildView(below);
      window.contentView.addChildView(view);
      const layOut = (): void => {
        const { width, height } = window.getContentBounds();
        below.setBounds({ x: 0, y: 0, width, height });
        view.setBounds({ x: 0, y: 0, width, height });
        onLayOut(id);
      };
      window.on('resize', layOut);
      window.on('focus', () => {
        if (!webContents.isDestroyed()) webContents.focus();
      });
      const stopFollowing = followTheme((colour) => window.setBackgroundColor(colour));
      const stopNaming = nameAfter(window, webContents, role);
      window.on('close', () => {
        windows.delete(id);
        stopFollowing();
        stopNaming();
        window.removeListener('resize', layOut);
        window.contentView.removeChildView(view);
        onBack(id);
      });
      // Views are not closed with their window: https://www.electronjs.org/docs/latest/api/web-contents-view
      window.once('closed', () => {
        if (!below.webContents.isDestroyed()) below.webContents.close();
      });
      layOut();
    },
  };
}

/** Whose page it is, before whatever the page calls itself; where it is while somebody signs in elsewhere. */
function nameAfter(window: BaseWindow, contents: WebContents, role: Extract<Role, { kind: 'workspace' }>): () => void {
  const name = (): void => {
    if (window.isDestroyed() || contents.isDestroyed()) return;
    window.setTitle(popUpTitle(role.id, contents.getTitle(), awayFrom(role, contents.getURL())));
  };
  contents.on('page-title-updated', name);
  contents.on('did-navigate', name);
  return () => {
    contents.removeListener('page-title-updated', name);
    contents.removeListener('did-navigate', name);
  };
}

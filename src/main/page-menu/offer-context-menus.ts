import { app, BaseWindow, BrowserWindow, type WebContents } from 'electron';
import type { Log } from '#host/observability/log.ts';
import { roleOf } from '../security/roles.ts';
import { contextMenu } from './context-menu.ts';
import { showMenu } from './menu-actions.ts';

/**
 * Gives every page a menu for the other button, where it has none of its own: Chromium tells of the click only when the page left it.
 * `mayInspect`: with the developers' own entry. Before the first page.
 */
export function offerContextMenus(log: Log, mayInspect: boolean): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('context-menu', (_at, place) => {
      const { navigationHistory } = contents;
      const entries = contextMenu(roleOf(contents.session), place, {
        canGoBack: navigationHistory.canGoBack(),
        canGoForward: navigationHistory.canGoForward(),
        mayInspect,
      });
      const window = windowOf(contents);
      if (window === undefined) return;
      showMenu(entries, { contents, window, owner: { reload: () => contents.reload() }, log });
    });
  });
}

/** The window that shows a page: its own, or for a view the one that has the focus, as the click has just been in it. */
function windowOf(contents: WebContents): BaseWindow | undefined {
  return BrowserWindow.fromWebContents(contents) ?? BaseWindow.getFocusedWindow() ?? undefined;
}

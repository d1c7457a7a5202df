import type { BrowserWindow, Result, WebContents } from 'electron';
import type { DesktopEvent } from '#contract/desktop.ts';
import { GuildNetError } from '#contract/errors.ts';
import type { Log } from '#host/observability/log.ts';
import type { PageRight } from '../rights/page-right.ts';
import { showMenu } from '../page-menu/menu-actions.ts';
import { viewMenu } from '../page-menu/view-menu.ts';
import { awayFrom } from '../security/role.ts';
import { roleOf } from '../security/roles.ts';
import type { IdeViews } from './ide-views.ts';

export interface ViewTools {
  /** Opens the menu of a view at these CSS pixels of the UI's page. */
  menu(id: string, at: { x: number; y: number }): void;
  /** What it comes to is told by `found`. `isNew`: another text than before. */
  find(id: string, look: { text: string; forward: boolean; isNew: boolean }): void;
  /** `goesBack`: the view gets the keys again; otherwise the person goes on typing in the page. */
  stopFinding(id: string, goesBack: boolean): void;
}

/** What a person can do to the view that is shown. Each throws `not_found` when that workspace has none. */
export function createViewTools(options: {
  window: BrowserWindow;
  views: Pick<IdeViews, 'contents' | 'reload'>;
  clipboard: Pick<PageRight, 'isGranted' | 'say'>;
  publish: (event: DesktopEvent) => void;
  log: Log;
}): ViewTools {
  const { window, views, clipboard, publish, log } = options;
  const heard = new WeakSet<WebContents>();

  function contentsOf(id: string): WebContents {
    const contents = views.contents(id);
    if (contents === undefined) {
      throw new GuildNetError('not_found', `The workspace "${id}" is not open in this window.`, {
        remedy: 'Open it first.',
      });
    }
    return contents;
  }

  /** Chromium tells several times of one search; the last word has the count. */
  function hear(id: string, contents: WebContents): void {
    if (heard.has(contents)) return;
    heard.add(contents);
    contents.on('found-in-page', (_event, { matches, activeMatchOrdinal, finalUpdate }: Result) => {
      if (finalUpdate) publish({ type: 'found', id, active: activeMatchOrdinal, total: matches });
    });
  }

  return {
    menu(id, at) {
      const contents = contentsOf(id);
      const { navigationHistory } = contents;
      const entries = viewMenu({
        canGoBack: navigationHistory.canGoBack(),
        canGoForward: navigationHistory.canGoForward(),
        zoom: contents.getZoomFactor(),
        mayReadClipboard: clipboard.isGranted(id),
        away: awayFrom(roleOf(contents.session), contents.getURL()),
      });
      const scale = window.webContents.getZoomFactor();
      const owner = {
        reload: () => views.reload(id),
        find: () => publish({ type: 'command', command: 'find' }),
        sayClipboard: (mayRead: boolean) => clipboard.say(id, mayRead),
      };
      showMenu(entries, {
        contents,
        window,
        at: { x: Math.round(at.x * scale), y: Math.round(at.y * scale) },
        owner,
        log,
      });
    },
    find(id, { text, forward, isNew }) {
      const contents = contentsOf(id);
      hear(id, contents);
      contents.findInPage(text, { forward, findNext: isNew });
    },
    stopFinding(id, goesBack) {
      const contents = views.contents(id);
      if (contents === undefined) return;
      contents.stopFindInPage('keepSelection');
      if (goesBack) contents.focus();
    },
  };
}

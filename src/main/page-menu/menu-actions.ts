import { clipboard, Menu, type BaseWindow, type MenuItemConstructorOptions, type WebContents } from 'electron';
import type { Log } from '#host/observability/log.ts';
import { openExternal } from '../security/open-external.ts';
import type { MenuEntry, PageAction } from './menu-entry.ts';
import { zoomAfter } from './zoom.ts';
import { t } from '../words/words.ts';

/** What of a menu belongs to whoever shows the page, and not to the page itself. */
export interface PageOwner {
  reload: () => void;
  /** Absent: the page has no way of looking for text. */
  find?: () => void;
  /** Absent: it is not about a workspace's view. */
  sayClipboard?: (mayRead: boolean) => void;
}

/** Shows a menu of the system over a window: where the mouse is, or at these DIPs of its content. Nothing for an empty one. */
export function showMenu(
  entries: readonly MenuEntry[],
  over: { contents: WebContents; window: BaseWindow; at?: { x: number; y: number }; owner: PageOwner; log: Log },
): void {
  if (entries.length === 0) return;
  const { contents, owner, log } = over;
  const act = (action: PageAction): void => {
    // The menu may stay open for longer than the page.
    if (!contents.isDestroyed()) perform(action, contents, owner, log);
  };
  const menu = Menu.buildFromTemplate(entries.map((entry) => toItem(entry, act)));
  menu.popup({ window: over.window, ...(over.at === undefined ? {} : over.at) });
}

function toItem(entry: MenuEntry, act: (action: PageAction) => void): MenuItemConstructorOptions {
  switch (entry.kind) {
    case 'separator':
      return { type: 'separator' };
    case 'edit':
      return { role: entry.role, label: t().menu[entry.role] };
    case 'act':
      return { label: entry.label, enabled: entry.enabled, click: () => act(entry.action) };
  }
}

function perform(action: PageAction, contents: WebContents, owner: PageOwner, log: Log): void {
  const { navigationHistory } = contents;
  switch (action.type) {
    case 'open-outside':
      return openExternal(action.url, log);
    case 'copy-text':
    case 'copy-image-address':
      // Older versions of Electron write at once and return nothing.
      Promise.resolve(clipboard.writeText(action.url)).catch((error: unknown) =>
        log.warn({ err: error }, 'an address was not copied'),
      );
      return;
    case 'save':
      // By way of `will-download`, where its name and folder are decided.
      return contents.downloadURL(action.url);
    case 'copy-image':
      return contents.copyImageAt(action.x, action.y);
    case 'inspect':
      return contents.inspectElement(action.x, action.y);
    case 'back':
      return navigationHistory.goBack();
    case 'forward':
      return navigationHistory.goForward();
    case 'reload':
      return owner.reload();
    case 'zoom-in':
      return contents.setZoomFactor(zoomAfter(contents.getZoomFactor(), 'in'));
    case 'zoom-out':
      return contents.setZoomFactor(zoomAfter(contents.getZoomFactor(), 'out'));
    case 'zoom-reset':
      return contents.setZoomFactor(1);
    case 'find':
      return owner.find?.();
    case 'say-clipboard':
      return owner.sayClipboard?.(action.mayRead);
    case 'print':
      return contents.print({}, (isPrinted, why) => {
        if (!isPrinted) log.debug({ why }, 'a page was not printed');
      });
    case 'devtools':
      return contents.openDevTools({ mode: 'detach' });
  }
}

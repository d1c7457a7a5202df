import { WebContentsView, type BaseWindow, type WebContents } from 'electron';
import type { Log } from '#host/observability/log.ts';
import { fullScreenNoteUrl } from '../ui/own-pages.ts';
import { leavesFullScreen } from './full-screen-key.ts';

/** How long it is said that a page fills the screen and what leads out of it, in milliseconds. */
const noteMs = 5_000;
const noteSize = { width: 420, height: 56 };
/** Of no script of a page; Chromium's own numbers begin below. */
const ownWorld = 1_000;

export interface FullScreen {
  /** The contents that fills the window, if one does. */
  holder(): WebContents | undefined;
  /** Lets a view's page fill the window when it asks to, and calls `layOut` when that begins and ends. */
  follow(contents: WebContents, layOut: () => void): void;
  leave(): void;
}

/**
 * Full screen of a page in a view (https://fullscreen.spec.whatwg.org/): the window that it is in goes along, and a person always gets out: by Escape and F11,
 * which the page is not asked about, and which a note says that no page can draw over. A page that fills the screen can
 * otherwise pass for anything.
 */
export function createFullScreen(windowOf: (contents: WebContents) => BaseWindow, log: Log): FullScreen {
  let holder: WebContents | undefined;
  /** The window filled the screen before the page did, and goes on to. */
  let wasFull = false;
  let endNote: (() => void) | undefined;

  function showNote(window: BaseWindow): void {
    endNote?.();
    const note = new WebContentsView({ webPreferences: { sandbox: true, javascript: false } });
    const timer = setTimeout(() => endNote?.(), noteMs);
    endNote = () => {
      clearTimeout(timer);
      endNote = undefined;
      if (!window.isDestroyed()) window.contentView.removeChildView(note);
      if (!note.webContents.isDestroyed()) note.webContents.close();
    };
    const { width } = window.getContentBounds();
    note.setBounds({ x: Math.max(0, Math.round((width - noteSize.width) / 2)), y: 24, ...noteSize });
    window.contentView.addChildView(note);
    note.webContents
      .loadURL(fullScreenNoteUrl)
      .catch((error: unknown) => log.warn({ err: error }, 'the way out of full screen could not be said'));
  }

  function leave(): void {
    if (holder === undefined || holder.isDestroyed()) return;
    // In a world of our own: the page may have replaced the function in its.
    holder
      .executeJavaScriptInIsolatedWorld(ownWorld, [{ code: 'document.fullscreenElement && document.exitFullscreen()' }])
      .catch((error: unknown) => log.warn({ err: error }, 'a page could not be taken out of full screen'));
  }

  return {
    holder: () => holder,
    leave,
    follow(contents, layOut) {
      contents.on('enter-html-full-screen', () => {
        const window = windowOf(contents);
        wasFull = holder === undefined ? window.isFullScreen() : wasFull;
        holder = contents;
        window.setFullScreen(true);
        layOut();
        showNote(window);
      });
      const end = (): void => {
        if (holder !== contents) return;
        holder = undefined;
        endNote?.();
        const window = windowOf(contents);
        if (window.isDestroyed()) return;
        window.setFullScreen(wasFull);
        layOut();
      };
      contents.on('leave-html-full-screen', end);
      contents.on('render-process-gone', end);
      contents.once('destroyed', end);
      contents.on('before-input-event', (event, input) => {
        if (holder !== contents || !leavesFullScreen(input)) return;
        event.preventDefault();
        leave();
      });
    },
  };
}

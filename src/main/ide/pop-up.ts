import type { BrowserWindow } from 'electron';

/** How long an empty window may take to become something before it is shown as it is. */
const settleMs = 500;

/** What a workspace's page gets of Electron: nothing. */
export const ideWebPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webviewTag: false,
  spellcheck: false,
  safeDialogs: true,
} as const;

/**
 * Shows a new window once it is something. VS Code opens links by sending an empty window to them; the navigation policy
 * hands that to the browser, and the window that stayed empty goes away unseen.
 */
export function watchPopUp(window: BrowserWindow): void {
  const { webContents } = window;
  // Its page may go on for a moment after the window was closed, and a destroyed window may not even be asked to show.
  const show = (): void => {
    if (!window.isDestroyed()) window.show();
  };
  const timer = setTimeout(show, settleMs);
  webContents.on('will-frame-navigate', (event) => {
    const stayedEmpty = event.defaultPrevented && event.isMainFrame && isEmpty(webContents.getURL());
    if (stayedEmpty && !window.isDestroyed()) window.close();
  });
  webContents.once('did-navigate', show);
  window.once('show', () => clearTimeout(timer));
  window.once('closed', () => clearTimeout(timer));
}

function isEmpty(url: string): boolean {
  return url === '' || url === 'about:blank';
}

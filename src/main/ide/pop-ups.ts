import { BrowserWindow, screen, type BrowserWindowConstructorOptions, type Session, type WebContents } from 'electron';
import { awayFrom, type Role } from '../security/role.ts';
import { backgroundColour } from '../window/background.ts';
import { popUpSize, popUpTitle } from './pop-up-shape.ts';
import { ideWebPreferences, watchPopUp } from './pop-up.ts';

/** So many windows a workspace may have open beside its view. */
const most = 8;

const openOnes = new WeakMap<Session, Set<BrowserWindow>>();

function windowsOf(session: Session): Set<BrowserWindow> {
  const known = openOnes.get(session) ?? new Set();
  openOnes.set(session, known);
  return known;
}

/** Whether a workspace, which a session stands for, may open one more window. */
export function mayOpenPopUp(session: Session): boolean {
  return windowsOf(session).size < most;
}

/** Whether a workspace's pages have windows open, which talk to the page that opened them. */
export function hasPopUps(session: Session): boolean {
  return windowsOf(session).size > 0;
}

/** Closes the windows that a workspace's pages have opened. */
export function closePopUps(session: Session): void {
  for (const window of windowsOf(session)) window.destroy();
}

const lateEvents = ['show', 'hide', 'minimize', 'maximize', 'restore'] as const;

/**
 * Opens a window for a workspace's page: a plain one with a frame, of a size that is seen to be a window's, where the system
 * puts it, with the workspace's name in its title. Electron would take all of it from the page's `features` (no frame, always
 * on top, as large as the screen, without a button in the task bar): of `asked` only the size is read.
 */
export function openPopUp(
  asked: BrowserWindowConstructorOptions,
  to: { role: Extract<Role, { kind: 'workspace' }>; url: string; session: Session },
): WebContents {
  const { role, url, session } = to;
  const { id } = role;
  // The page's own, when it holds a handle on the window; a link's window is empty and has to be sent there.
  const guest = (asked as { webContents?: WebContents }).webContents;
  const window = new BrowserWindow({
    ...popUpSize(asked, screen.getPrimaryDisplay().workAreaSize),
    title: popUpTitle(id, ''),
    show: false,
    autoHideMenuBar: true,
    backgroundColor: backgroundColour(),
    webPreferences: { ...ideWebPreferences, session },
    ...(guest === undefined ? {} : { webContents: guest }),
  });
  const windows = windowsOf(session);
  windows.add(window);
  window.once('closed', () => {
    windows.delete(window);
    // The system may tell that it was shown after it was closed; Electron's own listeners then ask a window that is no more.
    for (const event of lateEvents) window.removeAllListeners(event);
  });
  window.on('page-title-updated', (event, title) => {
    event.preventDefault();
    window.setTitle(popUpTitle(id, title, awayFrom(role, window.webContents.getURL())));
  });
  window.webContents.on('did-navigate', (_event, at) => window.setTitle(popUpTitle(id, '', awayFrom(role, at))));
  // There is no page below it that could say so, and an empty window says nothing.
  window.webContents.on('render-process-gone', () => setImmediate(() => window.isDestroyed() || window.destroy()));
  // A page that wants to be asked before it is left must not keep a person from closing it.
  window.webContents.on('will-prevent-unload', (event) => event.preventDefault());
  watchPopUp(window);
  if (guest === undefined) {
    window.loadURL(url).catch(() => {
      // What went wrong is on the page that Chromium shows instead, unless the window was closed over it.
      if (!window.isDestroyed()) window.show();
    });
  }
  return window.webContents;
}

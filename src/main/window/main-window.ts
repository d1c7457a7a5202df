import { BrowserWindow, screen } from 'electron';
import type { Log } from '#host/observability/log.ts';
import { pause } from '#host/pause.ts';
import { afterCrash } from './after-crash.ts';
import { backgroundColour, followTheme } from './background.ts';
import { ownFile } from '../settings/own-file.ts';
import { placeWindow, smallest, windowStateSchema } from './window-state.ts';

export interface MainWindowOptions {
  /** The address of the UI. */
  url: string;
  /** What is shown in its place when it crashes again and again. */
  crashedUrl: string;
  preload: string;
  icon: string;
  stateFile: string;
  /** Whether to show nothing until somebody asks for it; asked when there is something to show. */
  isHidden: () => Promise<boolean>;
  log: Log;
}

/** More than any file of a window's place, in bytes. */
const longestState = 4_096;

/**
 * Opens the one window of the app, where it was last, on the UI. Its page has no Node, no access to Electron, and only
 * the bridge of the preload script.
 */
export function openMainWindow({
  url,
  crashedUrl,
  preload,
  icon,
  stateFile,
  isHidden,
  log,
}: MainWindowOptions): BrowserWindow {
  const kept = ownFile(stateFile, {
    schema: windowStateSchema,
    longestBytes: longestState,
    what: "the window's place",
    log,
  });
  const areas = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map((display) => display.workArea);
  const { maximised, ...placement } = placeWindow(kept.read(), areas);
  const window = new BrowserWindow({
    ...placement,
    minWidth: smallest.width,
    minHeight: smallest.height,
    title: 'GuildNet',
    icon,
    backgroundColor: backgroundColour(),
    autoHideMenuBar: true,
    show: false,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      disableDialogs: true,
    },
  });
  if (maximised) window.maximize();
  window.once('ready-to-show', () => {
    showUnless(isHidden, window).catch((error: unknown) => log.error({ err: error }, 'the window could not be shown'));
  });
  const stopFollowing = followTheme((colour) => window.setBackgroundColor(colour));
  const save = (): void => {
    kept.write({ bounds: window.getNormalBounds(), maximised: window.isMaximized() });
  };
  window.on('close', save);
  window.on('hide', save);
  window.once('closed', stopFollowing);
  reloadAfterCrash(window, crashedUrl, log);
  load(window, url, log).catch((error: unknown) => log.error({ err: error, url }, 'the UI could not be loaded'));
  return window;
}

/** Somebody who asks for it meanwhile has it shown already. */
async function showUnless(isHidden: () => Promise<boolean>, window: BrowserWindow): Promise<void> {
  if (!(await isHidden()) && !window.isDestroyed()) window.show();
}

/** Loads the UI, and again when that fails: a window that stays empty helps nobody. */
async function load(window: BrowserWindow, url: string, log: Log): Promise<void> {
  const closed = new AbortController();
  window.once('closed', () => closed.abort());
  for (let pauseMs = 250; !window.isDestroyed(); pauseMs = Math.min(2 * pauseMs, 10_000)) {
    try {
      return await window.loadURL(url);
    } catch (error) {
      // Aborted: another load has taken its place, or the window is gone.
      if (closed.signal.aborted || (error as NodeJS.ErrnoException).code === 'ERR_ABORTED') return;
      log.warn({ err: error, url }, 'the UI did not load; it is tried again');
      await pause(pauseMs, closed.signal);
    }
  }
}

/** A crashed page is loaded again, but not over and over: the second time in a short while the person is asked. */
function reloadAfterCrash(window: BrowserWindow, crashedUrl: string, log: Log): void {
  let last = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    log.error({ reason, exitCode }, "the UI's process is gone");
    const now = performance.now();
    const next = afterCrash(now - last, window.webContents.getURL() === crashedUrl);
    last = now;
    // Loading inside this event brings the main process down.
    setImmediate(() => {
      if (window.isDestroyed() || next === 'leave') return;
      if (next === 'reload') window.webContents.reload();
      else
        window.loadURL(crashedUrl).catch((error: unknown) => log.error({ err: error }, 'a crash could not be shown'));
    });
  });
}

/** Brings the window to the front, wherever it was. */
export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

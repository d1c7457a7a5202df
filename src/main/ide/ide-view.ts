import { WebContentsView, type Session } from 'electron';
import type { Log } from '#host/observability/log.ts';
import { awayFrom, type Role } from '../security/role.ts';
import { backgroundColour, browsersGround, followTheme } from '../window/background.ts';
import { problemOfLoad, problemOfStatus } from './load-problem.ts';
import { ideWebPreferences } from './pop-up.ts';
import { closePopUps } from './pop-ups.ts';
import { t } from '../words/words.ts';

export type IdeState =
  /** `away`: the origin it is at instead of the workspace's own, while somebody signs in there. */
  | { readonly name: 'loading' | 'ready'; readonly away?: string | undefined }
  /** Its page does not answer. */
  | { readonly name: 'hung' }
  | { readonly name: 'failed'; readonly message: string };

export interface IdeView {
  readonly view: WebContentsView;
  state(): IdeState;
  /** Loads the workspace's page anew, whatever it would like to keep open: where it begins, or at this address of it. */
  load(at?: string): void;
  /** Ends the page, unless it asks to be kept, as one with something unsaved does; `onLetGo` tells when it has ended. */
  letGo(): void;
  /** Whether it has asked to be kept since it was looked at last. */
  asksToStay(): boolean;
  /** Somebody looks at it: it is not being let go any more, and may be asked again later. */
  use(): void;
  close(): void;
  /** The page has ended itself; there is nothing left to show or load. */
  isGone(): boolean;
}

export interface IdeViewOptions {
  role: Extract<Role, { kind: 'workspace' }>;
  session: Session;
  log: Log;
  onState: (state: IdeState) => void;
  /** It was let go. */
  onLetGo: () => void;
}

/** A page that crashes again this soon is not loaded again by itself. */
const crashCalmMs = 60_000;

/** The view of one workspace: foreign code in a session of its own, without preload, Node or dialogs of ours. */
export function createIdeView({ role, session, log, onState, onLetGo }: IdeViewOptions): IdeView {
  const view = new WebContentsView({ webPreferences: { ...ideWebPreferences, session } });
  const { webContents } = view;
  let state: IdeState = { name: 'loading' };
  let crashedAt = Number.NEGATIVE_INFINITY;
  let isOpen = true;
  /** Its process is being ended, because it does not answer; what comes after that is a load. */
  let isEnding = false;
  let isLettingGo = false;
  let wantsToStay = false;

  const become = (next: IdeState): void => {
    if (!isOpen) return;
    state = next;
    onState(next);
  };
  const fail = (message: string): void => become({ name: 'failed', message });
  const becomeReady = (): void => become({ name: 'ready', away: awayFrom(role, webContents.getURL()) });
  const load = (at = role.url): void => {
    if (isEnding) return;
    // A page that does not answer does not let itself be replaced either.
    if (state.name === 'hung') {
      isEnding = true;
      webContents.forcefullyCrashRenderer();
      return;
    }
    // The outcome is told by the events below; the promise says the same once more.
    webContents.loadURL(at).catch((error: unknown) => log.debug({ err: error }, 'a load of the IDE ended early'));
  };
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    stopFollowing();
    closePopUps(session);
    // Views are not closed with their window: https://www.electronjs.org/docs/latest/api/web-contents-view
    if (!webContents.isDestroyed()) webContents.close();
  };

  view.setBackgroundColor(backgroundColour());
  const stopFollowing = followTheme((colour) => view.setBackgroundColor(colour));

  webContents.on('did-start-navigation', (event) => {
    if (event.isMainFrame && !event.isSameDocument && !event.url.startsWith('chrome-error:'))
      become({ name: 'loading', away: awayFrom(role, event.url) });
  });
  webContents.on('did-navigate', (_event, url, status) => {
    const problem = awayFrom(role, url) === undefined ? problemOfStatus(status) : undefined;
    if (problem !== undefined) fail(problem);
  });
  webContents.on('did-fail-load', (_event, code, name, _url, isMainFrame) => {
    const problem = isMainFrame ? problemOfLoad(code, name) : undefined;
    if (problem !== undefined) fail(problem);
  });
  webContents.on('dom-ready', () => {
    // A page without a ground of its own stands on what browsers give it, which is white: its black text was on our dark one.
    stopFollowing();
    view.setBackgroundColor(browsersGround);
    if (state.name === 'loading') becomeReady();
  });
  webContents.on('did-stop-loading', () => {
    // An aborted load leaves the page before it in place, as it was.
    if (state.name === 'loading') becomeReady();
  });
  webContents.on('unresponsive', () => {
    if (state.name !== 'failed') become({ name: 'hung' });
  });
  webContents.on('responsive', () => {
    if (state.name === 'hung') becomeReady();
  });
  webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (!isOpen || reason === 'clean-exit') return;
    if (isEnding) {
      isEnding = false;
      become({ name: 'loading' });
      // Loading inside this event brings the main process down.
      setImmediate(() => isOpen && load());
      return;
    }
    log.warn({ reason, exitCode }, "the IDE's process is gone");
    const again = performance.now() - crashedAt > crashCalmMs;
    crashedAt = performance.now();
    if (again) setImmediate(() => isOpen && load());
    else fail(t().view.crashedTwice(reason));
  });
  // A page that wants to be asked before it is left must not keep a person from reloading it.
  webContents.on('will-prevent-unload', (event) => {
    if (!isLettingGo) return event.preventDefault();
    isLettingGo = false;
    wantsToStay = true;
  });
  // `window.close()` in the page ends it.
  webContents.once('destroyed', () => {
    if (isLettingGo && isOpen) {
      isOpen = false;
      stopFollowing();
      return onLetGo();
    }
    fail(t().view.closedItself);
    close();
  });

  return {
    view,
    state: () => state,
    load,
    letGo() {
      if (!isOpen || isLettingGo || webContents.isDestroyed()) return;
      isLettingGo = true;
      webContents.close({ waitForBeforeUnload: true });
    },
    asksToStay: () => wantsToStay,
    use() {
      wantsToStay = false;
    },
    close,
    isGone: () => webContents.isDestroyed(),
  };
}

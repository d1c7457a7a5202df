import type { WebContents } from 'electron';
import { createAllowance } from '#host/access/allowance.ts';
import type { Log } from '#host/observability/log.ts';

/** A world of our own beside the page's: it sees the page's document, and no script of the page reaches what is in it. Electron's own is 999. */
const ownWorld = 1_001;
const eventName = 'guildnet-notification-click';

/** Clicks that lead to the workspace: three at once, then one every two seconds. */
const burst = 3;
const refillMs = 2_000;

/**
 * For the page's own world, where its notifications are: has each tell the document of its clicks. A page may undo this or tell of clicks that were none.
 * It yields nothing, so that a page that has changed what the language gives it hands nothing to the main process.
 */
const tellOfClicks = `(() => {
  try {
    const { Notification } = window;
    if (typeof Notification !== 'function') return;
    window.Notification = new Proxy(Notification, {
      construct(target, given, made) {
        const notification = Reflect.construct(target, given, made);
        notification.addEventListener('click', () => document.dispatchEvent(new Event('${eventName}')));
        return notification;
      },
    });
  } catch {}
})()`;

/**
 * For our own world: resolves at the next click that a person has made. Chromium says so itself: a click on a notification counts as an interaction with its page
 * (https://notifications.spec.whatwg.org/#activating-a-notification), and a page cannot claim one here.
 */
const nextClick = `new Promise((resolve) => {
  const onClick = () => {
    if (!navigator.userActivation.isActive) return;
    document.removeEventListener('${eventName}', onClick);
    resolve(true);
  };
  document.addEventListener('${eventName}', onClick);
})`;

/**
 * Calls `onClick` when a person clicks a notification of the page. Electron tells the page of it and nobody else, whose `window.focus()` brings no window to the front.
 */
export function followNotificationClicks(contents: WebContents, onClick: () => void, log: Log): void {
  const allowance = createAllowance(burst, refillMs, () => performance.now());
  const follow = async (): Promise<void> => {
    await contents.mainFrame.executeJavaScript(tellOfClicks);
    for (;;) {
      // Ends with the document: it is never answered then, and holds nothing but this call.
      await contents.executeJavaScriptInIsolatedWorld(ownWorld, [{ code: nextClick }]);
      if (contents.isDestroyed()) return;
      if (allowance.take()) onClick();
    }
  };
  contents.on('dom-ready', () => {
    follow().catch((error: unknown) => log.debug({ err: error }, 'clicks on notifications of a page are not followed'));
  });
}

import { app, type WebContents } from 'electron';
import type { Log } from '#host/observability/log.ts';
import { ideWebPreferences } from '../ide/pop-up.ts';
import { mayOpenPopUp, openPopUp } from '../ide/pop-ups.ts';
import { createAllowance } from '#host/access/allowance.ts';
import { createGesture } from './gesture.ts';
import { decideNavigation, decideWindowOpen } from './navigation.ts';
import { createSignInJourney, type SignInJourney } from './sign-in-journey.ts';
import { openExternal } from './open-external.ts';
import { roleOf } from './roles.ts';

/** A page may send the person to the browser this often: five at once, then one every two seconds. */
const externalBurst = 5;
const externalRefillMs = 2_000;

/**
 * Lays the one policy over every page of the app, whoever makes it and whenever. Before the first page.
 */
export function enforcePagePolicy(log: Log): void {
  app.on('web-contents-created', (_event, contents) => restrict(contents, log));
  // Without a listener Chromium hands over the first client certificate it finds.
  app.on('select-client-certificate', (event, _contents, _url, _certificates, callback) => {
    event.preventDefault();
    callback();
  });
}

/** Where each page's top frame is on a sign-in elsewhere. */
const journeys = new WeakMap<WebContents, SignInJourney>();

/** What foreign code can make happen as often as it likes is logged at debug level, so that it cannot flood the log. */
function restrict(contents: WebContents, log: Log): void {
  const allowance = createAllowance(externalBurst, externalRefillMs, () => performance.now());
  const role = () => roleOf(contents.session);
  const sendOut = (url: string): void => {
    if (allowance.take()) openExternal(url, log);
    else log.debug({ role: role().kind }, 'a page asked for the browser too often and was not heard');
  };

  const journey = createSignInJourney(() => performance.now());
  journeys.set(contents, journey);
  const onNavigation = (event: Electron.Event<{ url: string; isMainFrame: boolean }>): void => {
    const verdict = decideNavigation(role(), { url: event.url, isMainFrame: event.isMainFrame });
    if (verdict === 'allow') {
      if (event.isMainFrame) journey.end();
      return;
    }
    // In place, for whoever signs in has to come back to this very page; the toolbar and the title say where they are.
    if (verdict === 'external' && event.isMainFrame && journey.mayGo(role(), event.url)) return;
    event.preventDefault();
    log.debug({ role: role().kind, verdict, main: event.isMainFrame }, 'a page wanted to leave its site');
    if (verdict === 'external') sendOut(event.url);
  };
  contents.on('will-frame-navigate', onNavigation);
  contents.on('will-redirect', onNavigation);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');

  const gesture = createGesture(() => performance.now());
  contents.on('input-event', (_event, { type }) => gesture.saw(type));
  // `moveTo` and `resizeTo`: windows stay where they were put.
  contents.on('content-bounds-updated', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    const own = role();
    const decided = decideWindowOpen(own, url);
    const isSignIn = decided === 'external' && createSignInJourney(() => performance.now()).mayGo(own, url);
    const verdict = isSignIn ? 'window' : decided;
    if (verdict === 'external') sendOut(url);
    if (verdict !== 'window' || own.kind !== 'workspace') return { action: 'deny' };
    const { session } = contents;
    if (!gesture.take() || !mayOpenPopUp(session)) {
      log.debug({ workspace: own.id }, 'a page wanted a window without a click, or one too many');
      return { action: 'deny' };
    }
    return {
      action: 'allow',
      overrideBrowserWindowOptions: { webPreferences: ideWebPreferences },
      createWindow: (asked) => {
        const opened = openPopUp(asked, { role: own, url, session });
        if (isSignIn) journeys.get(opened)?.begin();
        return opened;
      },
    };
  });
}

import { BrowserWindow, session } from 'electron';
import type { Log } from '#host/observability/log.ts';
import { closed } from '../security/role.ts';
import { enforceSessionPolicy } from '../security/session-policy.ts';
import { backgroundColour } from '../window/background.ts';
import { plainStyle } from '../window/plain-page.ts';
import { actions, pageUrl, problemPage, problemPagePolicy, styleUrl, type ShownFailure } from './problem-page.ts';
import { t } from '../words/words.ts';

export type Choice = 'retry' | 'quit';

/**
 * Shows why the app could not start and resolves with what the person wants; closing the window is quitting. The page
 * has no script and a session of its own, so there is nothing in it to go wrong.
 */
export function askAboutProblem(failure: ShownFailure, icon: string, log: Log): Promise<Choice> {
  const window = new BrowserWindow({
    width: 640,
    height: 440,
    title: t().problem.title,
    icon,
    backgroundColor: backgroundColour(),
    autoHideMenuBar: true,
    webPreferences: { session: problemSession(failure), sandbox: true, javascript: false, spellcheck: false },
  });
  return new Promise((resolve) => {
    let choice: Choice = 'quit';
    window.webContents.on('will-frame-navigate', (event) => {
      event.preventDefault();
      if (event.url === actions.retry) choice = 'retry';
      if (event.url === actions.retry || event.url === actions.quit) window.close();
    });
    window.once('closed', () => resolve(choice));
    window.loadURL(pageUrl).catch((error: unknown) => log.error({ err: error }, 'the problem page did not load'));
  });
}

function problemSession(failure: ShownFailure): Electron.Session {
  const own = session.fromPartition('problem');
  enforceSessionPolicy(own, closed, () => false);
  if (own.protocol.isProtocolHandled('app')) own.protocol.unhandle('app');
  own.protocol.handle('app', (request) => {
    if (request.url === styleUrl) return new Response(plainStyle, { headers: { 'content-type': 'text/css' } });
    if (request.url !== pageUrl) return new Response('', { status: 404 });
    return new Response(problemPage(failure), {
      headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': problemPagePolicy },
    });
  });
  return own;
}

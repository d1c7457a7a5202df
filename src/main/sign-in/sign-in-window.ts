import { BrowserWindow, session as sessions, type BaseWindow, type Session } from 'electron';
import type { Log } from '#host/observability/log.ts';
import { enforceSessionPolicy } from '../security/session-policy.ts';
import { backgroundColour } from '../window/background.ts';
import { plainStyle } from '../window/plain-page.ts';
import {
  signInAnswer,
  signInOrigin,
  signInPage,
  signInPolicy,
  signInStylePath,
  type SignInAnswer,
  type SignInQuestion,
} from './sign-in-page.ts';
import { t } from '../words/words.ts';

/** More than any answer of the form, in bytes. */
const longestForm = 16_384;

interface Asked {
  question: SignInQuestion;
  settle: (answer: SignInAnswer) => void;
}

/** The questions that are on show, by the path of their page. */
const asked = new Map<string, Asked>();
let count = 0;

/**
 * Asks in a window of its own, over `parent`, and resolves with the answer; closing it is cancelling, and `signal` closes it.
 * The page has no script and no bridge: what is typed goes by its form to a handler in this process, and nowhere else.
 */
export function askToSignIn(
  question: SignInQuestion,
  { parent, signal, log }: { parent: BaseWindow | undefined; signal: AbortSignal; log: Log },
): Promise<SignInAnswer> {
  count += 1;
  const path = `/${String(count)}`;
  const window = new BrowserWindow({
    width: 480,
    height: 460,
    title: t().signIn.title(question.workspace),
    ...(parent === undefined ? {} : { parent }),
    minimizable: false,
    fullscreenable: false,
    backgroundColor: backgroundColour(),
    autoHideMenuBar: true,
    webPreferences: { session: signInSession(log), sandbox: true, javascript: false, spellcheck: false },
  });
  return new Promise((resolve) => {
    let answer: SignInAnswer = { answer: 'cancel' };
    const close = (): void => {
      if (!window.isDestroyed()) window.close();
    };
    asked.set(path, {
      question,
      settle(given) {
        answer = given;
        // Not inside the request that brought it.
        setImmediate(close);
      },
    });
    window.webContents.on('before-input-event', (_event, { type, key }) => {
      if (type === 'keyDown' && key === 'Escape') close();
    });
    signal.addEventListener('abort', close, { once: true });
    window.once('closed', () => {
      asked.delete(path);
      signal.removeEventListener('abort', close);
      resolve(answer);
    });
    window
      .loadURL(`${signInOrigin}${path}`)
      .catch((error: unknown) => log.error({ err: error }, 'the page that asks for a name did not load'));
  });
}

/** One for all questions, in memory. It serves the questions' pages and takes their answers. */
function signInSession(log: Log): Session {
  const own = sessions.fromPartition('sign-in');
  if (own.protocol.isProtocolHandled('app')) return own;
  enforceSessionPolicy(own, { kind: 'ui', origin: signInOrigin }, () => false);
  own.protocol.handle('app', (request) =>
    serve(request).catch((error: unknown) => {
      log.error({ err: error }, 'the page that asks for a name failed');
      return new Response('', { status: 500 });
    }),
  );
  return own;
}

async function serve(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname === signInStylePath) return new Response(plainStyle, { headers: { 'content-type': 'text/css' } });
  const one = asked.get(pathname);
  if (one === undefined) return new Response('', { status: 404 });
  if (request.method === 'POST') {
    const form = await request.text();
    const answer = form.length > longestForm ? undefined : signInAnswer(form);
    // Nothing to see: the window goes away.
    if (answer !== undefined) one.settle(answer);
    return new Response(null, { status: answer === undefined ? 400 : 204 });
  }
  return new Response(signInPage(one.question), {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': signInPolicy,
      'cache-control': 'no-store',
    },
  });
}

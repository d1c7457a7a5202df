import {
  app,
  BrowserWindow,
  type BaseWindow,
  type AuthInfo,
  type AuthenticationResponseDetails,
  type Session,
  type WebContents,
} from 'electron';
import { createAllowance, type Allowance } from '#host/access/allowance.ts';
import type { Log } from '#host/observability/log.ts';
import { isOwnRequest } from '../security/pass.ts';
import { roleOf } from '../security/roles.ts';
import type { SignInAnswer } from './sign-in-page.ts';
import { askToSignIn } from './sign-in-window.ts';

/** A page can have itself asked as often as it likes: three questions of a workspace, then one every half minute. */
const burst = 3;
const refillMs = 30_000;

type Reply = (name?: string, password?: string) => void;

/**
 * Lets a person sign in to an application that guards itself by HTTP authentication (RFC 9110, 11), which Electron leaves to
 * the app (https://www.electronjs.org/docs/latest/api/app#event-login). Only the workspace's own server is answered: not a
 * proxy, and not what a frame of it has loaded from elsewhere. What was typed is in Chromium's memory until the app ends.
 * `parentOf` is the window that the question stands over, where the page has none of its own. Returns the end of it.
 */
export function answerSignIns({
  parentOf,
  log,
}: {
  parentOf: (contents: WebContents) => BaseWindow;
  log: Log;
}): () => void {
  /** Those who wait for the answer to one question, by workspace, server and realm. */
  const waiting = new Map<string, Reply[]>();
  const allowances = new WeakMap<Session, Allowance>();

  function mayAsk(session: Session): boolean {
    const allowance = allowances.get(session) ?? createAllowance(burst, refillMs, () => performance.now());
    allowances.set(session, allowance);
    return allowance.take();
  }

  async function ask(
    id: string,
    contents: WebContents,
    again: boolean,
    { host, port, realm }: AuthInfo,
  ): Promise<SignInAnswer> {
    const gone = new AbortController();
    const leave = (): void => gone.abort();
    contents.once('destroyed', leave);
    const own = BrowserWindow.fromWebContents(contents) ?? parentOf(contents);
    const over = own.isDestroyed() ? undefined : own;
    try {
      const question = { workspace: id, realm, to: `${host}:${String(port)}`, again };
      return await askToSignIn(question, { parent: over, signal: gone.signal, log });
    } finally {
      if (!contents.isDestroyed()) contents.removeListener('destroyed', leave);
    }
  }

  const onLogin = (
    event: Electron.Event,
    contents: WebContents | null,
    details: AuthenticationResponseDetails,
    info: AuthInfo,
    reply: Reply,
  ): void => {
    if (contents === null || info.isProxy) return;
    const { session } = contents;
    const role = roleOf(session);
    if (role.kind !== 'workspace' || !isOwnRequest(role, details.url)) return;
    const key = JSON.stringify([role.id, info.host, info.port, info.realm]);
    const others = waiting.get(key);
    if (others === undefined && !mayAsk(session)) {
      log.debug({ workspace: role.id }, 'a page asked for a name too often and was not heard');
      return;
    }
    event.preventDefault();
    if (others !== undefined) {
      others.push(reply);
      return;
    }
    const replies = [reply];
    waiting.set(key, replies);
    const answer = (name?: string, password?: string): void => {
      waiting.delete(key);
      for (const one of replies) one(name, password);
    };
    ask(role.id, contents, !details.firstAuthAttempt, info).then(
      (given) => (given.answer === 'sign-in' ? answer(given.name, given.password) : answer()),
      (error: unknown) => {
        log.error({ err: error, workspace: role.id }, 'a person could not be asked for a name');
        answer();
      },
    );
  };
  app.on('login', onLogin);
  return () => app.removeListener('login', onLogin);
}

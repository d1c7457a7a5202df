import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Log } from '../observability/log.ts';
import { openEndedSessions } from './ended-sessions.ts';
import type { EndedSessions } from './ended-sessions.ts';
import { createLiveSessions } from './live-sessions.ts';
import { createOneTimeCodes, randomName } from './one-time-codes.ts';
import type { Grant } from './one-time-codes.ts';
import { createOurCookies, sessionSeconds } from './our-cookies.ts';
import type { OurCookies } from './our-cookies.ts';
import type { PeerUser } from './peer-user.ts';
import type { PeerOf } from './peer-of.ts';
import { openSecretFile } from './secret-file.ts';
import { passHeader } from './pass-header.ts';
import { signClaims } from './session-value.ts';
import { who } from './who.ts';
import type { Place, Recognised } from './who.ts';

/** A person may take this long to follow a link that was printed; a ticket is followed at once. */
const linkMs = 10 * 60_000;
const ticketMs = 60_000;

export interface AccessOptions {
  rule: 'token' | 'off';
  /**
   * The user who holds a connection, where connections come from the users themselves; behind a reverse proxy all are the
   * proxy's, and nobody is told apart.
   */
  peerUser: PeerUser;
  /** Who of the tailnet holds a connection. They are who they are: neither token nor cookie makes somebody else of them. */
  peerOf?: PeerOf | undefined;
  log: Log;
}

/** What was asked for, as the code or cookie names it. */
export type Target = Grant['for'];

export interface OneTime {
  code: string;
  expires: Date;
}

export interface Access {
  readonly rule: 'token' | 'off';
  /** Who sent this request? */
  identify(request: IncomingMessage, place: Place): Promise<Recognised>;
  /** A one-time code by which a browser signs in, or opens one workspace. With `user`, no other user of this computer can use it. */
  makeCode(target: Target, options?: { session?: string | undefined; user?: number | undefined }): OneTime;
  /** Uses up a code and returns the `Set-Cookie` of what it grants at this place; undefined when it is worth nothing here. */
  redeem(code: string, request: IncomingMessage, place: Place): Promise<string | undefined>;
  /** What the window of this very process shows in `Guildnet-Session` to a workspace, on all of its origins. */
  passTo(workspace: string): string;
  /** The user of this computer who sent this, if it is an ordinary one whose links nobody else may follow. */
  ordinaryUser(request: IncomingMessage): Promise<number | undefined>;
  /** Something stays open in the name of this sign-in: `end` is called when that ends. Returns what takes it back. */
  join(session: string, end: () => void): () => void;
  /** Signs out: every cookie that came of this sign-in is refused from now on, and what is open by it ends. */
  end(session: string): Promise<void>;
}

interface Opened {
  token: string;
  sessionKey: string;
  ended: EndedSessions;
  cookies: OurCookies;
}

function headerOf(request: IncomingMessage, name: 'authorization' | 'proxy-authorization'): string | undefined {
  return request.headers[name];
}

function passesIn({ headers }: IncomingMessage): string[] {
  const pass = headers[passHeader];
  return typeof pass === 'string' ? [pass] : [];
}

function belongsTo(target: Target, place: Place): boolean {
  if (target === 'control') return place.kind === 'control';
  return place.kind !== 'control' && place.id === target.workspace;
}

/**
 * Reads (or, at the first start, makes) the token and the key in the state folder and returns what answers who a request
 * comes from. Throws `bad_config` when they cannot be used.
 */
export async function openAccess(folder: string, options: AccessOptions): Promise<Access> {
  const { log } = options;
  const [token, sessionKey, ended] = await Promise.all([
    openSecretFile(join(folder, 'token'), log),
    openSecretFile(join(folder, 'session-key'), log),
    openEndedSessions(join(folder, 'ended-sessions.json'), log),
  ]);
  return withSecrets({ token, sessionKey, ended, cookies: createOurCookies(sessionKey) }, options);
}

function withSecrets(
  { token, sessionKey, ended, cookies }: Opened,
  { rule, peerUser, peerOf, log }: AccessOptions,
): Access {
  const codes = createOneTimeCodes();
  const live = createLiveSessions();
  const ownSession = randomName(16);
  const inSeconds = (): number => Math.floor(Date.now() / 1000) + sessionSeconds;
  const keeper = { rule, token, sessionKey, isEnded: ended.has, now: Date.now };
  return {
    rule,
    async identify(request, place) {
      const peer = await peerOf?.(request.socket);
      if (peer !== undefined) return { identity: { kind: 'peer', peer } };
      const presented = {
        authorization: headerOf(request, 'authorization'),
        proxyAuthorization: headerOf(request, 'proxy-authorization'),
        cookies: [...cookies.valuesIn(request.headers.cookie), ...passesIn(request)],
        user: () => peerUser(request.socket),
      };
      return who(place, presented, keeper);
    },
    makeCode: (target, { session = randomName(16), user } = {}) =>
      codes.make({ for: target, session, user }, target === 'control' ? linkMs : ticketMs),
    async redeem(code, request, place) {
      const user = await peerUser(request.socket);
      const grant = codes.take(code, (one) => belongsTo(one.for, place) && (one.user ?? user) === user);
      if (grant === undefined || ended.has(grant.session)) return undefined;
      const claims = {
        for: grant.for,
        session: grant.session,
        expires: inSeconds(),
        ...(user === undefined ? {} : { user }),
      };
      const value = signClaims(claims, sessionKey);
      log.info({ place: place.kind, user }, 'A browser signed in');
      switch (place.kind) {
        case 'control':
          return cookies.forControl(value);
        case 'workspace':
          return cookies.forWorkspace(value);
        case 'path':
          return cookies.forPath(value, place.id);
      }
    },
    passTo: (workspace) => signClaims({ for: { workspace }, session: ownSession, expires: inSeconds() }, sessionKey),
    async ordinaryUser(request) {
      const user = await peerUser(request.socket);
      return user === 0 ? undefined : user;
    },
    join: live.join,
    async end(session) {
      codes.forget(session);
      const written = ended.add(session);
      live.end(session);
      await written;
      log.info('A browser signed out');
    },
  };
}

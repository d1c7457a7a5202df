import { createHash, randomBytes } from 'node:crypto';

/** What a code was made for. */
export interface Grant {
  /** Sign in on the control origin, or open one workspace on its own. */
  for: 'control' | { workspace: string };
  /** The sign-in that it belongs to; a link for a person begins a new one. */
  session: string;
  /** The user of this computer (uid) who alone may use it. */
  user: number | undefined;
}

export interface OneTimeCodes {
  /** A code for a link, good once and for this many milliseconds. */
  make(grant: Grant, lifeMs: number): { code: string; expires: Date };
  /** What a code grants, if `accepts` takes it; it is used up then and only then. */
  take(code: string, accepts: (grant: Grant) => boolean): Grant | undefined;
  /** All codes of a sign-in are worth nothing any more. */
  forget(session: string): void;
}

/** More than anybody has in hand; beyond it the oldest go, so that asking for links for ever fills nothing. */
const most = 1_000;

/** 22 or 43 characters that nobody guesses. */
export function randomName(bytes: 16 | 32): string {
  return randomBytes(bytes).toString('base64url');
}

/** Codes live in memory: they are of minutes, and a restarted host makes new ones. */
export function createOneTimeCodes(now: () => number = Date.now): OneTimeCodes {
  // By hash: looking a code up then takes a time that says nothing about the codes there are.
  const grants = new Map<string, Grant & { expires: number }>();
  const hash = (code: string): string => createHash('sha256').update(code).digest('base64');
  const sweep = (): void => {
    for (const [key, { expires }] of grants) if (expires <= now()) grants.delete(key);
    for (const key of grants.keys()) {
      if (grants.size < most) return;
      grants.delete(key);
    }
  };
  return {
    make(grant, lifeMs) {
      sweep();
      const code = randomName(32);
      const expires = now() + lifeMs;
      grants.set(hash(code), { ...grant, expires });
      return { code, expires: new Date(expires) };
    },
    take(code, accepts) {
      const key = hash(code);
      const found = grants.get(key);
      if (found === undefined || found.expires <= now()) return undefined;
      const { expires: _expires, ...grant } = found;
      if (!accepts(grant)) return undefined;
      grants.delete(key);
      return grant;
    },
    forget(session) {
      for (const [key, grant] of grants) if (grant.session === session) grants.delete(key);
    },
  };
}

import { createHash } from 'node:crypto';
import type { SignInKind } from './sign-in-kind.ts';

/** code-server's name for the cookie of somebody who has signed in (its `CookieKeys.Session`). */
const cookieName = 'code-server-session';

/**
 * code-server compares its cookie with `HASHED_PASSWORD` as it is, letter by letter, where that is not an argon2 hash; with
 * `PASSWORD` alone it would check an argon2 hash for every request, which takes tens of milliseconds. The hash is as good as the
 * password, so it is kept as secret. A person can still sign in with the password itself.
 * (https://coder.com/docs/code-server/FAQ#can-i-store-my-password-hashed, and its src/node/util.ts, `isCookieValid`)
 */
export const codeServerSignIn: SignInKind = {
  variables: ['PASSWORD', 'HASHED_PASSWORD'],
  secret: (password) => ({
    PASSWORD: password,
    HASHED_PASSWORD: createHash('sha256').update(password).digest('hex'),
  }),
  // The local cluster's image asks for no password unless it is told to; others do not know the variable.
  settings: [{ name: 'GUILDNET_CODE_SERVER_AUTH', value: 'password' }],
  credential({ HASHED_PASSWORD: value }) {
    return value === undefined || value === '' ? undefined : { kind: 'cookie', name: cookieName, value };
  },
};

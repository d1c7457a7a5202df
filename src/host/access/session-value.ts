import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { longest, textOf } from '#contract/bounded.ts';
import { sameSecret } from './same-secret.ts';

/** What a cookie of ours says. It is signed, not encrypted: nothing in it is secret. */
const claimsSchema = z.strictObject({
  /** What it opens: the control origin, or one workspace (or the `host:port` of another target of the proxy). */
  for: z.union([z.literal('control'), z.strictObject({ workspace: textOf(longest.key).min(1) })]),
  /** The sign-in that it comes from: ending that ends all of them. */
  session: textOf(longest.label).regex(/^[\w-]{22}$/),
  /** Seconds since 1970. */
  expires: z.int().nonnegative(),
  /** The user of this computer (uid) who signed in, where that could be seen: nobody else's connections count. */
  user: z.int().nonnegative().optional(),
});
export type Claims = z.infer<typeof claimsSchema>;

/** Longer than any of ours; a cookie may be 4 KiB of anything. */
const longestValue = 1024;

function signatureOf(payload: string, key: string): string {
  return createHmac('sha256', key).update(`guildnet-session-1.${payload}`).digest('base64url');
}

/** A cookie value that only this host can have made (HMAC-SHA256), so that a restarted host still knows it. */
export function signClaims(claims: Claims, key: string): string {
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${payload}.${signatureOf(payload, key)}`;
}

/** The claims of a value signed with this key, or undefined when it is anything else. Whether they still hold is not asked. */
export function readClaims(value: string, key: string): Claims | undefined {
  if (value.length > longestValue) return undefined;
  const [payload = '', signature = '', ...more] = value.split('.');
  if (more.length > 0 || !sameSecret(signature, signatureOf(payload, key))) return undefined;
  // Ours, so it parses; a later version's may have another form.
  return claimsSchema.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))).data;
}

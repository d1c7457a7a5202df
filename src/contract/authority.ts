import { z } from 'zod';
import { listOf, longest, textOf, timeText } from './bounded.ts';

/** An authority that signs what this host serves, for browsers and programs that are to trust it. Its key never leaves the host. */
export const shownAuthoritySchema = z.object({
  /** What it is called in a browser's list. */
  name: textOf(longest.reason),
  /** SHA-256 of the certificate, as browsers write it: bytes in hex with colons between. */
  fingerprint: textOf(longest.token),
  valid_to: timeText,
  /** The certificate (PEM). */
  certificate: textOf(longest.message),
});
export type ShownAuthority = z.infer<typeof shownAuthoritySchema>;

export const shownAuthoritiesSchema = listOf(shownAuthoritySchema, 8);

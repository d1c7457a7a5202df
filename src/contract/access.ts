import { z } from 'zod';
import { cutTextOf, longest, textOf, timeText } from './bounded.ts';

/** What a page may know of its host before all else. */
export const uiConfigSchema = z.object({
  name: cutTextOf(longest.token),
  version: cutTextOf(longest.token),
  /**
   * off: everyone who reaches the host is taken for its owner (`LOCAL_AUTH=off`). tailnet: whoever asks came by the tailnet, which says
   * who they are, so that they neither sign in nor out.
   */
  local_auth: z.enum(['token', 'off', 'tailnet']),
});
export type UiConfig = z.infer<typeof uiConfigSchema>;

/** An address that opens something once, and until when. */
export const linkSchema = z.object({ url: textOf(longest.url), expires_at: timeText });
/** Where a workspace is opened. For a peer, who is known wherever they come, it is its plain address, which does not end. */
export const workspaceLinkSchema = linkSchema.partial({ expires_at: true });
export type OneTimeLink = z.infer<typeof linkSchema>;

import { z } from 'zod';
import { cutTextOf, longest } from './bounded.ts';

const count = z.int().min(0);

/** How the host's cache of workspaces' assets fares. */
export const assetCacheStatusSchema = z.object({
  /** off: by the configuration; resting: nothing more is kept for a while, and `why`. */
  state: z.enum(['on', 'off', 'resting']),
  why: cutTextOf(longest.reason).optional(),
  /** What is kept now. */
  bytes: count,
  entries: count,
  /** Since the host began: requests that it answered, and those that it could have and had nothing for; answers that were kept, and bytes that did not have to come from a workspace. */
  hits: count,
  misses: count,
  kept: count,
  /** Of those: bytes that another workspace of the same image had, and whose hash this one's program confirmed. */
  adopted: count,
  saved: count,
});
export type AssetCacheStatus = z.infer<typeof assetCacheStatusSchema>;

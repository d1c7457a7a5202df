import { z } from 'zod';

/**
 * A page of the host's own at a workspace's origin, which tells the UI whether a page of that origin may store anything where
 * it is framed: browsers can forbid it to pages inside another site's, and applications that rely on it break there.
 */
export const storageProbeTarget = '/?guildnet-probe=storage';

/** What that page posts to the page that frames it. */
export const storageReportSchema = z.strictObject({
  type: z.literal('guildnet-storage'),
  storage: z.enum(['allowed', 'blocked']),
});
export type StorageReport = z.infer<typeof storageReportSchema>;

import { z } from 'zod';
import { lineFaults } from './line-faults.ts';

/** How it went with one fault; the worst of the terminals. */
export const faultOutcomeSchema = z.object({
  kind: z.enum(lineFaults),
  /** From its end (of a host that is restarted: from its beginning) until every terminal heard something that was printed after it. */
  recoveryMs: z.number(),
  /** Attempts to connect again that were refused. */
  refused: z.number(),
  /** Of the terminals, what was lost and how many were told that they cannot go on, or whose page was loaded anew. */
  lost: z.number(),
  renewed: z.number(),
});
export type FaultOutcome = z.infer<typeof faultOutcomeSchema>;

import { z } from 'zod';
import { countOf, cutTextOf, listOf, longest, textOf, timeText } from './bounded.ts';

/** One line of the audit: what somebody changed or opened, or was not allowed to. Never what they sent or were shown. */
export const auditEntrySchema = z.object({
  /** Of the line as it is written, and not in it: what is older is asked for by it. */
  id: textOf(longest.token).optional(),
  at: timeText,
  /** `local:`, `user:` or `device:`, and a name. */
  who: cutTextOf(longest.name),
  /** The device's name and its id that stays. Absent for the user of the host's own computer. */
  device: cutTextOf(longest.name).optional(),
  device_id: cutTextOf(longest.token).optional(),
  /** The call of the contract, such as `workspaces.stop`, or `workspace.open` for a session with one. */
  call: cutTextOf(longest.token),
  workspace: cutTextOf(longest.name).optional(),
  /** What is launched. */
  image: cutTextOf(longest.image).optional(),
  /** Of the kubeconfig, which the host is to work with. */
  context: cutTextOf(longest.path).optional(),
  decision: z.enum(['allowed', 'denied']),
  /** The rule that decided. */
  rule: cutTextOf(longest.reason),
  /** `ok`, or the code of the error that came of it. */
  outcome: cutTextOf(longest.token),
  request_id: cutTextOf(longest.token).optional(),
  /** The same was refused as often before, since the last line of it. */
  repeated: z.int().min(1).optional(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export const mostAuditEntries = 1_000;
export const auditQuerySchema = z.strictObject({
  workspace: textOf(longest.name).optional().describe('Only what concerns this workspace.'),
  who: textOf(longest.name).optional().describe('Only what this one did, such as user:anna@example.com.'),
  decision: z.enum(['allowed', 'denied']).optional().describe('Only what was let pass, or was not.'),
  before: textOf(longest.token).min(1).optional().describe('Only what is older than the entry with this id.'),
  limit: countOf(mostAuditEntries).optional().describe('How many at most; 100 unless given.'),
});
export type AuditQuery = z.infer<typeof auditQuerySchema>;

/** The newest first. */
export const auditListSchema = listOf(auditEntrySchema, mostAuditEntries);

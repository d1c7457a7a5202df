import { z } from 'zod';
import { listOf, timeText } from './bounded.ts';
import { grantSchema, subjectSchema } from './grant.ts';

/**
 * The Capability resource (guildnet.io/v1alpha1): who may do what with the workspaces of its namespace (specification,
 * "Goals": a minimal capability-based permission). Several add up; where there is one at all, what none grants is refused.
 */
export const capabilityPlural = 'capabilities';
export const capabilityKind = 'Capability';

export const capabilitySpecSchema = z.strictObject({
  subjects: listOf(subjectSchema, 256).describe('Whom it is for.'),
  ...grantSchema.shape,
  until: timeText
    .optional()
    .describe('It counts until then (RFC 3339, in UTC), and after that as if it were not there.'),
});
export type CapabilitySpec = z.infer<typeof capabilitySpecSchema>;

/**
 * On a Capability that is the share of one workspace: the workspace's name. Shares give and take nothing else: where there is no other
 * Capability, there is no policy.
 */
export const shareLabel = 'guildnet.io/share';

import { z } from 'zod';
import { listOf } from './bounded.ts';
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
});
export type CapabilitySpec = z.infer<typeof capabilitySpecSchema>;

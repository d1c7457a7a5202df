import { z } from 'zod';
import { cutTextOf, longest, textOf } from './bounded.ts';
import { refusalsSchema } from './refusals.ts';

/**
 * The home volume of a workspace. It outlives it: a deleted workspace's home is kept for a while and can be restored.
 * used: its workspace exists, running or not; kept: the workspace is gone; deleting: it is on its way out.
 */
export const homeSchema = z.object({
  /** The workspace's id, and what `restore` brings it back as. */
  id: textOf(longest.name),
  /** The context that it is in, where that is not the one in use. */
  context: cutTextOf(longest.path).optional(),
  state: z.enum(['used', 'kept', 'deleting']),
  /** The image of its workspace, when that is known. */
  image: cutTextOf(longest.image).optional(),
  /** As a Kubernetes quantity. What was asked for, until the volume exists. */
  size: cutTextOf(longest.token).optional(),
  storage_class: cutTextOf(longest.name).optional(),
  created_at: cutTextOf(longest.token).optional(),
  /** When a kept home may be deleted (RFC 3339). Absent: it is not known yet, or it is kept until a person deletes it. */
  retained_until: cutTextOf(longest.token).optional(),
  /** What whoever asks may not do with it, and why. */
  refused: refusalsSchema.optional(),
});
export type Home = z.infer<typeof homeSchema>;

import { z } from 'zod';
import { cutTextOf, listOf, longest, most, textOf } from './bounded.ts';

/** The local cluster of the host's machine, whether the host works with it or not. */
export const localClusterSchema = z.object({
  /** `degraded`: some of its parts run, some do not; starting it heals it. */
  phase: z.enum(['absent', 'stopped', 'running', 'degraded']),
  /** Whether this host can start and stop it, and if not, why and what to do. */
  available: z.boolean(),
  reason: cutTextOf(longest.message).optional(),
  remedy: cutTextOf(longest.message).optional(),
});
export type LocalClusterView = z.infer<typeof localClusterSchema>;

/** An image on the node of the local cluster. */
export const localImageSchema = z.object({
  name: cutTextOf(longest.image),
  /** own: it came with the cluster, which needs it; loaded: a person gave it; pulled: from a registry. */
  origin: z.enum(['own', 'loaded', 'pulled']),
  /** Bytes on the node, unpacked; known of its largest ones. */
  size: z.int().min(0).optional(),
  /** What needs it: `workspace notes-1a2b3 in namespace dev`. Empty: it can be removed. */
  used_by: listOf(cutTextOf(longest.reason), most.entries),
});
export type LocalImageView = z.infer<typeof localImageSchema>;

export const localImagesSchema = listOf(localImageSchema, most.objects);

/** An archive on the host's own machine, as `docker save` writes it. */
export const imageArchiveSchema = z.strictObject({ archive: textOf(longest.path).min(1) });
export const namedImageSchema = z.strictObject({ name: textOf(longest.image).min(1) });

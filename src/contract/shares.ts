import { oc } from '@orpc/contract';
import { z } from 'zod';
import { cutTextOf, listOf, longest, most, textOf, timeText } from './bounded.ts';
import { capabilitySpecSchema } from './capability.ts';
import { subjectSchema } from './grant.ts';
import type { Subject } from './grant.ts';
import { refusalSchema } from './refusals.ts';

/**
 * How much of a workspace is shared. `open`: see it, and its page, ports, terminal, logs and variables. `admin`: start, stop, change
 * and delete it as well.
 */
export const shareKinds = ['open', 'admin'] as const;
export type ShareKind = (typeof shareKinds)[number];

/** One share of a workspace: a Capability that is about it alone. */
export const shareSchema = z.object({
  /** The Capability's name. */
  id: textOf(longest.name),
  workspace: textOf(longest.name),
  with: subjectSchema,
  can: z.enum(shareKinds),
  /** Absent: until it is revoked, or the workspace deleted. */
  until: timeText.optional(),
  /** That time is over. */
  ended: z.boolean(),
  /** The owner's word for who shared it. */
  by: cutTextOf(longest.name).optional(),
  created_at: cutTextOf(longest.token).optional(),
});
export type Share = z.infer<typeof shareSchema>;
const sharesSchema = listOf(shareSchema, most.objects);

/** Where others find a workspace, and with whom it is shared. */
export const sharingSchema = z.object({
  workspace: textOf(longest.name),
  owner: cutTextOf(longest.name).optional(),
  /** Its address in the tailnet. Absent while the host is on none. */
  address: textOf(longest.url).optional(),
  /** Where a device that comes for the first time is told how to trust this host. */
  first_visit: textOf(longest.url).optional(),
  shares: sharesSchema,
  /** Why whoever asks may not share it. */
  refused: refusalSchema.optional(),
});
export type Sharing = z.infer<typeof sharingSchema>;

/** Fields may be a little longer than what they may hold: what is behind says it in better words. */
const newShareSchema = z.strictObject({
  id: textOf(longest.name).min(1),
  with: textOf(512).describe('A login of the tailnet (anna@example.com), tag:<tag>, device:<stable id>, or everyone.'),
  can: z
    .enum(shareKinds)
    .optional()
    .describe('open unless given; admin starts, stops, changes and deletes it as well.'),
  until: textOf(longest.token).optional().describe('For how long, such as 1h. Without it until it is revoked.'),
});

/** A Capability as the pages show it: who has what, and from where. */
const capabilityEntrySchema = z.object({
  name: textOf(longest.name),
  /** It is the share of this workspace. */
  shares: textOf(longest.name).optional(),
  spec: capabilitySpecSchema.optional(),
  /** Its time is over. */
  ended: z.boolean(),
  /** Why it cannot be read as it is now. What it was before counts on. */
  problem: cutTextOf(longest.reason).optional(),
});
export const policyViewSchema = z.object({
  /** none: there is no policy, and everybody may see, launch and open. unknown: the Capabilities cannot be read. */
  state: z.enum(['none', 'capabilities', 'unknown']),
  capabilities: listOf(capabilityEntrySchema, most.objects),
});
export type PolicyView = z.infer<typeof policyViewSchema>;

export const shareRoutes = {
  list: oc
    .route({
      method: 'GET',
      path: '/api/shares',
      summary: 'The shares of the workspaces that whoever asks may share, and those with them',
    })
    .output(sharesSchema),
  of: oc
    .route({
      method: 'GET',
      path: '/api/workspaces/{id}/sharing',
      summary: 'Where others find a workspace, and with whom it is shared',
    })
    .input(z.object({ id: textOf(longest.name).min(1) }))
    .output(sharingSchema),
  create: oc
    .route({
      method: 'POST',
      path: '/api/workspaces/{id}/shares',
      successStatus: 201,
      summary: 'Share a workspace with somebody of the tailnet; the same again replaces what was',
    })
    .input(newShareSchema)
    .output(shareSchema),
  revoke: oc
    .route({
      method: 'DELETE',
      path: '/api/workspaces/{id}/shares/{share}',
      summary: 'Revoke a share; what it has opened ends',
    })
    .input(z.object({ id: textOf(longest.name).min(1), share: textOf(longest.name).min(1) }))
    .output(z.object({ revoked: textOf(longest.name) })),
  policy: oc
    .route({ method: 'GET', path: '/api/capabilities', summary: 'The Capabilities of the namespace: who has what' })
    .output(policyViewSchema),
};

/** A subject as it is given to `with`: `everyone`, `tag:ci`, `device:<id>`, or a login. */
export function subjectText({ kind, name = '' }: Subject): string {
  if (kind === 'Everyone') return 'everyone';
  return kind === 'Device' ? `device:${name}` : name;
}

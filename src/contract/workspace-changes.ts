import { z } from 'zod';
import { cutTextOf, listOf, longest, most, textOf } from './bounded.ts';
import { workspaceResourceSchema } from './workspace-resource.ts';

/**
 * What the host itself says in the middle of the stream. `interrupted`: it has no session with the cluster any more; the list comes anew
 * when there is one. `dropped`: the reader was too slow; whoever asks again, with its last id or without, has the list.
 */
const noticeSchema = z.enum(['interrupted', 'dropped']);
export type StreamNotice = z.infer<typeof noticeSchema>;

/**
 * What a reader of `/sse/workspaces` is told: all workspaces, newest first, then each one that has changed as it is now, or that is gone.
 * A `list` may come again at any time, and stands for all that was told before it.
 */
export const workspaceChangeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('list'), items: listOf(workspaceResourceSchema, most.objects) }),
  z.object({ type: z.literal('changed'), workspace: workspaceResourceSchema }),
  z.object({ type: z.literal('deleted'), id: textOf(longest.name) }),
  z.object({ type: z.literal('notice'), notice: noticeSchema, message: cutTextOf(longest.message) }),
]);
export type WorkspaceChange = z.infer<typeof workspaceChangeSchema>;

/** `after` says what `Last-Event-ID` says, for those who cannot send headers. */
export const followWorkspacesSchema = z.strictObject({ after: textOf(longest.token).optional() });

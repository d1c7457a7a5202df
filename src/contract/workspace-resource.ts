import { z } from 'zod';
import { countOf, cutTextOf, listOf, longest, mapOf, most, textOf } from './bounded.ts';
import { runModes } from './run-mode.ts';
import { refusalsSchema } from './refusals.ts';
import { awakeSchema } from './server.ts';
import { conditionSchema, failureSchema, phaseSchema, workspaceSpecSchema } from './workspace.ts';

/**
 * A workspace as the resource `/api/workspaces/{id}`: the spec in Kubernetes' words and what is known of it. Variables are a map of
 * names and values, since a patch of one must not have to repeat the others; those that are secret or come from elsewhere are named only.
 */
const { env: _env, running: _running, mode: _mode, image: _image, ...shownFields } = workspaceSpecSchema.shape;

export const workspaceResourceSchema = z.object({
  id: textOf(longest.name),
  /** The context that it is in, where that is not the one in use. */
  context: cutTextOf(longest.path).optional(),
  /** Of what can be patched: it stays as it is while only the cluster's reports change. For `If-Match`. */
  etag: textOf(longest.token),
  created_at: cutTextOf(longest.token).optional(),
  labels: mapOf(textOf(longest.key), textOf(longest.label), most.entries),
  spec: z.object({
    image: cutTextOf(longest.image),
    mode: z.enum([...runModes, 'unknown']),
    env: mapOf(textOf(longest.name), cutTextOf(longest.argument), 512),
    /** Names of the variables whose values are not shown here: `GET /api/servers/{id}/env/{name}` shows them one by one. */
    env_hidden: listOf(textOf(longest.name), 512),
    ...shownFields,
  }),
  status: z.object({
    phase: phaseSchema,
    node: cutTextOf(longest.name).optional(),
    pod: cutTextOf(longest.name).optional(),
    /** Where this host's proxy shows it: its own origin. */
    url: cutTextOf(longest.url),
    /** Its address outside of the cluster (LoadBalancer or Ingress), when it has one. */
    external_url: cutTextOf(longest.url).optional(),
    failure: failureSchema.optional(),
    last_activity: cutTextOf(longest.token).optional(),
    awake: awakeSchema.optional(),
    stop_reason: cutTextOf(longest.message).optional(),
    /** It was changed while it runs: its pod is another from its next start on. */
    changed_from_next_start: z.boolean(),
    conditions: listOf(conditionSchema, 32),
  }),
  /** What whoever asks may not do with it, and why. */
  refused: refusalsSchema.optional(),
});
export type WorkspaceResource = z.infer<typeof workspaceResourceSchema>;

/** What a list can be asked for. The selector is Kubernetes' (`app=web,tier in (a,b),!old`). */
export const workspaceQuerySchema = z.strictObject({
  labels: textOf(2_048)
    .optional()
    .describe('A label selector as Kubernetes has it: app=web, tier!=db, app in (a,b), !old.'),
  status: textOf(longest.token)
    .optional()
    .describe('Phases or states, with commas between them: Running,Failed or pending,running,failed,stopped.'),
  limit: countOf(500).optional().describe('How many at most; 100 unless given.'),
  cursor: textOf(1_024).optional().describe('What the page before gave as next.'),
});
export type WorkspaceQuery = z.infer<typeof workspaceQuerySchema>;

/** Newest first. `next` is absent on the last page; what is made or deleted meanwhile has nothing repeated and nothing left out. */
export const workspacePageSchema = z.object({
  items: listOf(workspaceResourceSchema, 500),
  next: textOf(1_024).optional(),
});
export type WorkspacePage = z.infer<typeof workspacePageSchema>;

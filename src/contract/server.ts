import { z } from 'zod';
import { cutTextOf, listOf, longest, mapOf, textOf } from './bounded.ts';
import { jobPlacementFields } from './job-placement.ts';
import { refusalsSchema } from './refusals.ts';
import { failureSchema, phaseSchema } from './workspace.ts';

/**
 * The specification's models of the REST API (its endpoint names say "server" and "job" where we say Workspace).
 * Field names are snake_case on the wire because the original's are.
 */
export const serverPortSchema = z.object({
  port: z.int(),
  name: cutTextOf(longest.label).optional(),
  /** Where this host's proxy shows this port: an origin of its own. Absent for what is not TCP. */
  url: cutTextOf(longest.url).optional(),
});

/**
 * What keeps a workspace awake. `opened`: somebody opened a page of it. `input`: somebody types or clicks in one. `program`: a
 * program asks it. `output`: it sends what it works on, to an open page. `background`: a page of it is open. `elsewhere`: another host saw it
 * used. `started`: nobody has used it since it was started.
 */
export const awakeBySchema = z.enum(['opened', 'input', 'program', 'output', 'background', 'elsewhere', 'started']);

/** `since` when, without a longer pause, and `until` when if nothing more comes (RFC 3339). */
export const awakeSchema = z.object({
  by: awakeBySchema,
  since: cutTextOf(longest.token),
  until: cutTextOf(longest.token),
});
export type Awake = z.infer<typeof awakeSchema>;

const shownAmounts = { cpu: cutTextOf(longest.token).optional(), memory: cutTextOf(longest.token).optional() };

export const serverSchema = z.object({
  id: textOf(longest.name),
  /** The context that it is in, where that is not the one in use. */
  context: cutTextOf(longest.path).optional(),
  name: cutTextOf(longest.name),
  image: cutTextOf(longest.image),
  /** Who launched it: `local:`, `user:` or `device:`, and a name. */
  owner: cutTextOf(longest.name).optional(),
  status: z.enum(['pending', 'running', 'failed', 'stopped']),
  /** The Workspace's own phase: finer than `status`. */
  phase: phaseSchema,
  node: cutTextOf(longest.name).optional(),
  created_at: cutTextOf(longest.token).optional(),
  /** When its program was started last, while it runs (RFC 3339): what ran in it before has ended then. */
  started_at: cutTextOf(longest.token).optional(),
  updated_at: cutTextOf(longest.token).optional(),
  ports: listOf(serverPortSchema, 64).optional(),
  resources: z
    .object({ ...shownAmounts, requests: z.object(shownAmounts).optional(), limits: z.object(shownAmounts).optional() })
    .optional(),
  args: listOf(cutTextOf(longest.argument), 256).optional(),
  /** What may be shown to everyone who sees the list. */
  env: mapOf(textOf(longest.name), cutTextOf(longest.argument), 512).optional(),
  /** Names of the variables that are secret or come from elsewhere (a Secret, a field): their values are not here. */
  env_hidden: listOf(textOf(longest.name), 512).optional(),
  events: listOf(cutTextOf(longest.message), 256).optional(),
  /** External address (LoadBalancer or Ingress), when it has one. */
  url: cutTextOf(longest.url).optional(),
  /** Where this host's proxy shows the workspace: the workspace's own origin. */
  ide_url: cutTextOf(longest.url).optional(),
  /** What it is doing or why it does not run. */
  failure: failureSchema.optional(),
  /** Its home volume, when it has one: where it is mounted, how large it is, and how long it outlives the workspace (`168h`). */
  home: z
    .object({
      mount_path: cutTextOf(longest.path),
      size: cutTextOf(longest.token).optional(),
      retain: cutTextOf(longest.token),
    })
    .optional(),
  /** When anybody used it last, as far as that was seen. */
  last_activity: cutTextOf(longest.token).optional(),
  /** What keeps it from being stopped as idle, while it runs and `idle.stopAfter` is set. */
  awake: awakeSchema.optional(),
  /** Why GuildNet itself stopped it, while it is stopped. */
  stop_reason: cutTextOf(longest.message).optional(),
  /** What whoever asks may not do with it, and why. */
  refused: refusalsSchema.optional(),
});
export type Server = z.infer<typeof serverSchema>;

/**
 * Fields of a request are longer here than what they may hold: the checks behind say in better words what is wrong with one
 * that is only a little too long.
 */
const field = textOf(2_048);
const envName = textOf(2_048);
const envValue = textOf(longest.argument);
const amounts = { cpu: field.optional(), memory: field.optional() };
const envItem = z.strictObject({ name: envName, value: envValue.default('') });

/**
 * What `POST /api/jobs` takes. `env` is a map as in the original, or a list of `{name, value}`. The original passed over fields that it did
 * not know, and so does this; not so in what a field holds: an amount that is misspelt is one that is missing.
 */
export const jobSchema = z.object({
  /** Which of the contexts that are open; absent: the one in use. */
  context: textOf(longest.path).min(1).optional(),
  name: field.optional(),
  image: field,
  args: listOf(textOf(longest.argument), 256).optional(),
  env: z.union([mapOf(envName, envValue, 512), listOf(envItem, 512)]).optional(),
  /** `cpu` and `memory`, as in the original, are requested and the limit, too. `requests` and `limits` are told apart, and win. */
  resources: z
    .strictObject({
      ...amounts,
      requests: z.strictObject(amounts).optional(),
      limits: z.strictObject(amounts).optional(),
    })
    .optional(),
  /** `Always`, `IfNotPresent` or `Never`. */
  imagePullPolicy: field.optional(),
  labels: mapOf(field, field, 64).optional(),
  expose: listOf(z.object({ port: z.int().min(1).max(65535), name: field.optional() }), 64).optional(),
  /**
   * The home volume. Left out: images that are IDEs (presets with a home, code-server, Jupyter) get one, others none. An
   * object asks for one in any case, `false` for none.
   */
  home: z
    .union([
      z.literal(false),
      z.strictObject({
        size: field.optional(),
        storageClass: field.optional(),
        mountPath: field.optional(),
        retain: field.optional(),
      }),
    ])
    .optional(),
  /** How it is seen that the program is up: `http` (default) and `slow` ask for `path`, `tcp` and `none` do not. */
  probe: z.strictObject({ kind: field.optional(), path: field.optional() }).optional(),
  /** Stop it after this long without use, such as `2h`; delete it this long after it was made, such as `12h`. */
  idle: z.strictObject({ stopAfter: field.optional() }).optional(),
  ttl: field.optional(),
  ...jobPlacementFields,
});
export type Job = z.infer<typeof jobSchema>;

export const jobAcceptedSchema = z.object({ id: textOf(longest.name), status: z.literal('pending') });

/** One variable of a workspace, asked for by its name. */
export const envValueSchema = z.object({ name: textOf(longest.name), value: textOf(longest.argument) });

/** `home`: what was kept of it. Without `retained_until` it is not known yet until when. */
export const deletedSchema = z.object({
  deleted: textOf(longest.name),
  home: z.object({ id: textOf(longest.name), retained_until: cutTextOf(longest.token).optional() }).optional(),
});
export type Deleted = z.infer<typeof deletedSchema>;

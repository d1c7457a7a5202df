import { z } from 'zod';
import { failureSchema, phaseSchema, workspaceSpecSchema } from './workspace.ts';

/**
 * The specification's models of the REST API (its endpoint names say "server" and "job" where we say Workspace).
 * Field names are snake_case on the wire because the original's are.
 */
export const serverPortSchema = z.object({
  port: z.int(),
  name: z.string().optional(),
  /** Where this host's proxy shows this port: an origin of its own. Absent for what is not TCP. */
  url: z.string().max(2048).optional(),
});

/**
 * What keeps a workspace awake. `opened`: somebody opened a page of it. `input`: somebody types or clicks in one. `program`: a
 * program asks it. `output`: it sends what it works on, to an open page. `background`: a page of it is open. `elsewhere`: another host saw it
 * used. `started`: nobody has used it since it was started.
 */
export const awakeBySchema = z.enum(['opened', 'input', 'program', 'output', 'background', 'elsewhere', 'started']);

/** `since` when, without a longer pause, and `until` when if nothing more comes (RFC 3339). */
export const awakeSchema = z.object({ by: awakeBySchema, since: z.string().max(40), until: z.string().max(40) });
export type Awake = z.infer<typeof awakeSchema>;

export const serverSchema = z.object({
  id: z.string(),
  name: z.string(),
  image: z.string(),
  status: z.enum(['pending', 'running', 'failed', 'stopped']),
  /** The Workspace's own phase: finer than `status`. */
  phase: phaseSchema,
  node: z.string().optional(),
  created_at: z.string().optional(),
  updated_at: z.string().optional(),
  ports: z.array(serverPortSchema).optional(),
  resources: z.object({ cpu: z.string().optional(), memory: z.string().optional() }).optional(),
  args: z.array(z.string()).optional(),
  /** What may be shown to everyone who sees the list. */
  env: z.record(z.string(), z.string()).optional(),
  /** Names of the variables that are secret or come from elsewhere (a Secret, a field): their values are not here. */
  env_hidden: z.array(z.string()).optional(),
  events: z.array(z.string()).optional(),
  /** External address (LoadBalancer or Ingress), when it has one. */
  url: z.string().optional(),
  /** Where this host's proxy shows the workspace: the workspace's own origin. */
  ide_url: z.string().optional(),
  /** What it is doing or why it does not run. */
  failure: failureSchema.optional(),
  /** Its home volume, when it has one: where it is mounted, how large it is, and how long it outlives the workspace (`168h`). */
  home: z.object({ mount_path: z.string(), size: z.string().optional(), retain: z.string() }).optional(),
  /** When anybody used it last, as far as that was seen. */
  last_activity: z.string().optional(),
  /** What keeps it from being stopped as idle, while it runs and `idle.stopAfter` is set. */
  awake: awakeSchema.optional(),
  /** Why GuildNet itself stopped it, while it is stopped. */
  stop_reason: z.string().optional(),
});
export type Server = z.infer<typeof serverSchema>;

const envItem = z.object({ name: z.string(), value: z.string().default('') });

/** What `POST /api/jobs` takes. `env` is a map as in the original, or a list of `{name, value}`. */
export const jobSchema = z.object({
  name: z.string().optional(),
  image: z.string(),
  args: z.array(z.string()).optional(),
  env: z.union([z.record(z.string(), z.string()), z.array(envItem)]).optional(),
  resources: z.object({ cpu: z.string().optional(), memory: z.string().optional() }).optional(),
  labels: z.record(z.string(), z.string()).optional(),
  expose: z.array(z.object({ port: z.int().min(1).max(65535), name: z.string().optional() })).optional(),
  /**
   * The home volume. Left out: images that are IDEs (presets with a home, code-server, Jupyter) get one, others none. An
   * object asks for one in any case, `false` for none.
   */
  home: z
    .union([
      z.literal(false),
      z.object({
        size: z.string().optional(),
        storageClass: z.string().optional(),
        mountPath: z.string().optional(),
        retain: z.string().optional(),
      }),
    ])
    .optional(),
  /** Stop it after this long without use, such as `2h`; delete it this long after it was made, such as `12h`. */
  idle: z.object({ stopAfter: z.string().optional() }).optional(),
  ttl: z.string().optional(),
});
export type Job = z.infer<typeof jobSchema>;

export const jobAcceptedSchema = z.object({ id: z.string(), status: z.literal('pending') });

const homeFields = workspaceSpecSchema.shape.home.unwrap().shape;

/** One variable of a workspace, asked for by its name. */
export const envValueSchema = z.object({ name: z.string(), value: z.string() });

/** A deployable image offered at launch (`GET /api/images`). */
export const presetSchema = z.object({
  label: z.string().min(1),
  image: z.string().min(1),
  description: z.string().optional(),
  /** Workspaces of this image get a home volume, unless they are launched without. */
  home: z
    .object({
      mountPath: homeFields.mountPath,
      size: homeFields.size,
    })
    .optional(),
});
export type Preset = z.infer<typeof presetSchema>;

/** `home`: what was kept of it. Without `retained_until` it is not known yet until when. */
export const deletedSchema = z.object({
  deleted: z.string(),
  home: z.object({ id: z.string(), retained_until: z.string().optional() }).optional(),
});
export type Deleted = z.infer<typeof deletedSchema>;

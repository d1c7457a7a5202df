import { z } from 'zod';
import { listOf, longest, mapOf, most, openObject, textOf } from './bounded.ts';
import { runModeSchema } from './run-mode.ts';
import { port, pullPolicy, resources } from './spec/container.ts';
import { envFromSource, envVar } from './spec/env.ts';
import { exposure } from './spec/exposure.ts';
import { home } from './spec/home.ts';
import { probe } from './spec/probe.ts';
import { allDifferent, duration, objectName, positive, rules } from './spec/schema-parts.ts';
import { toleration } from './spec/toleration.ts';
import { workspaceStatusSchema } from './workspace-status.ts';

export { conditionSchema, failureSchema, phaseSchema, phases, workspaceStatusSchema } from './workspace-status.ts';
export type { Condition, Failure, Phase, WorkspaceStatus } from './workspace-status.ts';

/**
 * The Workspace resource (guildnet.io/v1alpha1): the one schema from which its types and the CRD file come.
 * Constraints that JSON Schema cannot say sit in `meta({'x-kubernetes-validations': …})` as CEL and are enforced by the
 * API server (https://kubernetes.io/docs/reference/using-api/cel/).
 */
export const workspaceGroup = 'guildnet.io';
export const workspaceVersion = 'v1alpha1';
export const workspacePlural = 'workspaces';
export const workspaceKind = 'Workspace';
export const workspaceApiVersion = `${workspaceGroup}/${workspaceVersion}`;

/** Labels of everything that belongs to a Workspace (specification, "Workspace Launch Flow"). */
export const labels = { managed: 'guildnet.io/managed', id: 'guildnet.io/id' } as const;

export const workspaceSpecSchema = z
  .object({
    image: textOf(longest.image)
      .min(1)
      .regex(/^[^\s]+$/)
      .describe('Container image to run. Required.'),
    command: listOf(textOf(longest.argument), 256)
      .optional()
      .describe("The program, in place of the image's entry point."),
    args: listOf(textOf(longest.argument), 256)
      .optional()
      .describe("Arguments of the program, in place of the image's."),
    env: listOf(envVar, 512)
      .refine((env) => allDifferent(env.map(({ name }) => name)), 'names are unique')
      .meta({ 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] })
      .optional()
      .describe(
        'Environment variables. PORT is the first of the ports (8080 without any) unless given; PASSWORD reaches the program by way of a Secret.',
      ),
    envFrom: listOf(envFromSource, 64).optional().describe('Secrets and ConfigMaps whose keys become variables.'),
    ports: listOf(port, 64)
      .refine((ports) => allDifferent(ports.map(({ containerPort }) => containerPort)), 'port numbers are unique')
      .refine((ports) => allDifferent(ports.map(({ name }) => name)), 'port names are unique')
      .meta(
        rules(
          {
            rule: 'self.all(p, self.exists_one(q, q.containerPort == p.containerPort))',
            message: 'port numbers are unique',
          },
          {
            rule: 'self.all(p, !has(p.name) || self.exists_one(q, has(q.name) && q.name == p.name))',
            message: 'port names are unique',
          },
        ),
      )
      .optional()
      .describe('What it listens on; the first is probed. By default 8080, and 8443 unless the image is code-server.'),
    imagePullPolicy: pullPolicy
      .optional()
      .describe(
        'When the image is pulled. By default Always for a moving tag (latest, or none) unless a node has such an image loaded, IfNotPresent for all others.',
      ),
    resources: resources.optional().describe('CPU, memory and other resources.'),
    exposure: exposure
      .optional()
      .describe("How it is reached beside GuildNet's proxy; the host's settings decide if not given."),
    mode: runModeSchema
      .optional()
      .describe(
        'Running, or Stopped: scaled to zero, everything else kept. Wins over running; without either it runs.',
      ),
    running: z
      .boolean()
      .optional()
      .describe('Deprecated: what was there before mode, and counts where that is not given. false is Stopped.'),
    home: home
      .optional()
      .describe('A volume for its files, which outlives restarts, changes of the image and deletion for a while.'),
    imagePullSecrets: listOf(
      z.object({ name: objectName.describe("Name of the Secret, in the workspace's namespace.") }),
      32,
    )
      .optional()
      .describe('Secrets to pull the image with.'),
    serviceAccountName: objectName
      .optional()
      .describe('ServiceAccount whose token the workspace gets. Without one it gets no token at all.'),
    nodeSelector: mapOf(textOf(longest.key), textOf(longest.label), 64)
      .optional()
      .describe('Labels that its node must have.'),
    tolerations: listOf(toleration, 64)
      .optional()
      .describe("Taints of nodes that it bears, beside the control plane's, which it always does."),
    idle: z
      .object({
        stopAfter: duration
          .meta(rules(positive('idle.stopAfter')))
          .optional()
          .describe('Stop after this long without use, such as 2h.'),
      })
      .optional()
      .describe('What happens when nobody uses it.'),
    ttl: duration
      .meta(rules(positive('ttl')))
      .optional()
      .describe('Delete the workspace this long after it was made, such as 12h.'),
    probe: probe.optional().describe('How it is seen that the program is up.'),
    probes: z
      .enum(['default', 'slow', 'none'])
      .default('default')
      .optional()
      .describe('The older form of probe, which counts where both are given.'),
    owner: textOf(longest.name).optional().describe('Who it belongs to, for people and lists.'),
  })
  .meta(
    rules(
      {
        rule: '!has(oldSelf.home) || has(self.home)',
        message: 'a home cannot be taken away; delete the workspace to let it go',
      },
      {
        // What is written by a host from before mode would be without effect, and nobody would be told.
        rule: "!has(self.mode) || !has(self.running) || (has(oldSelf.running) && oldSelf.running == self.running) || self.running == (self.mode != 'Stopped')",
        message: 'spec.mode decides where it is given: change that, or take it out',
      },
    ),
  );
export type WorkspaceSpec = z.infer<typeof workspaceSpecSchema>;

/** The part of Kubernetes' ObjectMeta that we read. */
export const objectMetaSchema = openObject({
  name: textOf(longest.name),
  namespace: textOf(longest.name),
  uid: textOf(longest.token),
  resourceVersion: textOf(longest.token),
  generation: z.number().optional(),
  creationTimestamp: z.union([textOf(longest.token), z.date()]).optional(),
  deletionTimestamp: z.union([textOf(longest.token), z.date()]).optional(),
  labels: mapOf(textOf(longest.key), textOf(longest.label), most.entries).optional(),
  annotations: mapOf(textOf(longest.key), textOf(longest.annotation), most.entries).optional(),
  finalizers: listOf(textOf(longest.reason), most.entries).optional(),
});

/** A Workspace as the API server hands it out. Unknown fields (of a newer CRD) pass through unread. */
export const workspaceSchema = openObject({
  apiVersion: z.literal(workspaceApiVersion).optional(),
  kind: z.literal(workspaceKind).optional(),
  metadata: objectMetaSchema,
  spec: workspaceSpecSchema,
  status: workspaceStatusSchema.optional(),
});
export type Workspace = z.infer<typeof workspaceSchema>;

import { z } from 'zod';
import { listOf, longest, mapOf, textOf } from './bounded.ts';
import { pullPolicy } from './spec/container.ts';
import { envFromSource } from './spec/env.ts';
import { probeKinds } from './spec/probe.ts';
import { toleration } from './spec/toleration.ts';
import { workspaceResourceSchema } from './workspace-resource.ts';

/*
 * A merge patch (RFC 7396) of a workspace: what is not named stays, null takes away, lists are replaced as a whole. Nothing in it
 * has a default, which would be a change that nobody asked for. What a value may be is checked on what comes of the patch.
 */
const field = textOf(2_048);
const unset = <T extends z.ZodType>(value: T) => value.nullable().optional();
const amounts = unset(mapOf(textOf(longest.key), field.nullable(), 32));
const programText = listOf(textOf(longest.argument), 256);
const patchedPort = z.strictObject({
  containerPort: z.int().min(1).max(65_535),
  name: textOf(15).optional(),
  protocol: z.enum(['TCP', 'UDP', 'SCTP']).optional(),
});

const patchedSpec = z.strictObject({
  image: field.optional(),
  command: unset(programText),
  args: unset(programText),
  env: unset(mapOf(textOf(longest.name), textOf(longest.argument).nullable(), 512)),
  envFrom: unset(listOf(envFromSource, 64)),
  ports: unset(listOf(patchedPort, 64)),
  imagePullPolicy: unset(pullPolicy),
  resources: unset(z.strictObject({ requests: amounts, limits: amounts })),
  exposure: unset(
    z.strictObject({
      type: z.enum(['ClusterIP', 'LoadBalancer', 'Ingress']).optional(),
      domain: unset(field),
      ingressClass: unset(field),
      tlsIssuer: unset(field),
    }),
  ),
  home: z.strictObject({ size: field.optional(), mountPath: unset(field), retain: unset(field) }).optional(),
  imagePullSecrets: unset(listOf(z.strictObject({ name: textOf(longest.name) }), 32)),
  serviceAccountName: unset(textOf(longest.name)),
  nodeSelector: unset(mapOf(textOf(longest.key), textOf(longest.label).nullable(), 64)),
  tolerations: unset(listOf(toleration, 64)),
  idle: unset(z.strictObject({ stopAfter: unset(field) })),
  ttl: unset(field),
  probe: unset(z.strictObject({ kind: z.enum(probeKinds).optional(), path: unset(field) })),
  owner: unset(textOf(longest.name)),
});

export const workspacePatchSchema = z.strictObject(
  {
    labels: mapOf(textOf(longest.key), textOf(longest.label).nullable(), 64).optional(),
    spec: patchedSpec.optional(),
  },
  {
    // Who leaves "spec" out is told, instead of that there is no image.
    error: ({ code, keys }) =>
      code === 'unrecognized_keys' && Array.isArray(keys) ? belongsInSpec(keys.map(String)) : undefined,
  },
);

function belongsInSpec(keys: readonly string[]): string | undefined {
  const [known] = keys.filter((key) => Object.hasOwn(patchedSpec.shape, key));
  if (known === undefined) return undefined;
  return `"${known}" stands below "spec": {"spec": {"${known}": …}}`;
}

export type WorkspacePatch = z.infer<typeof workspacePatchSchema>;

/**
 * What came of a patch. `changed` names its fields that are another now, `restarts` those of them that only another pod can have.
 * `takes_effect`: `now` without a restart, `restarting` with one, or from the `next-start` on. With `dry_run` nothing was changed.
 */
export const patchedWorkspaceSchema = z.object({
  workspace: workspaceResourceSchema,
  changed: listOf(textOf(longest.key), 512),
  restarts: listOf(textOf(longest.key), 512),
  takes_effect: z.enum(['nothing-changed', 'now', 'restarting', 'next-start']),
  dry_run: z.boolean(),
});
export type PatchedWorkspace = z.infer<typeof patchedWorkspaceSchema>;

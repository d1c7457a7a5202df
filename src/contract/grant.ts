import { z } from 'zod';
import { listOf, longest, mapOf, textOf } from './bounded.ts';
import { objectName, quantity, rules } from './spec/schema-parts.ts';

/**
 * What a grant may give. `view`: see a workspace. `launch`: make or start one. `open`: its pages, ports, terminal, logs and variables.
 * `stop`: stop, restart and change it. `delete`: it, and its home. `admin`: what concerns the host or everybody's workspaces.
 */
export const actions = ['view', 'launch', 'open', 'stop', 'delete', 'admin'] as const;
export const actionSchema = z.enum(actions);
export type Action = z.infer<typeof actionSchema>;

/** `*` stands for anything but a slash, `**` between slashes for any number of parts. */
const imagePattern = textOf(longest.image)
  .min(1)
  .regex(/^[^\s]+$/);
const imagePatterns = listOf(imagePattern, 64);
const labelMap = mapOf(textOf(longest.key), textOf(longest.label), 64);

/** Which workspaces a grant is about. All of what is given has to hold. */
export const selectorSchema = z.strictObject({
  names: listOf(objectName, 64)
    .optional()
    .describe('Workspaces by their names, as shares have it. Nothing can be launched by it that is not there yet.'),
  images: imagePatterns
    .optional()
    .describe('Images, such as ghcr.io/team/* (no slash) or ghcr.io/** (any); without a tag every tag and digest.'),
  namespaces: listOf(objectName, 64)
    .optional()
    .describe('Namespaces. A Capability never reaches beyond its own, whatever is listed.'),
  labels: labelMap.optional().describe('Labels that the workspace must have.'),
  owner: z.enum(['self']).optional().describe('self: only workspaces of whoever asks.'),
});
export type Selector = z.infer<typeof selectorSchema>;

/** The limits of a grant. What it does not limit is free, except for the fields that reach beyond the workspace: they have to be named. */
export const constraintsSchema = z.strictObject({
  maxWorkspaces: z.int().min(0).max(10_000).optional().describe('How many workspaces of one person run at a time.'),
  cpu: quantity.optional().describe('The highest CPU limit of a workspace, which then has to have one.'),
  memory: quantity.optional().describe('The highest memory limit of a workspace, which then has to have one.'),
  ports: listOf(z.int().min(1).max(65_535), 64)
    .optional()
    .describe('Ports that may be opened and declared. A terminal, which is no port, is not among them.'),
  images: imagePatterns.optional().describe('Images that may be launched.'),
  serviceAccounts: listOf(objectName, 64)
    .optional()
    .describe('ServiceAccounts whose token a workspace may be given. None unless named.'),
  nodeSelector: labelMap.optional().describe('Node labels that may be asked for. None unless named.'),
  secrets: listOf(objectName, 64)
    .optional()
    .describe('Secrets and ConfigMaps that may be read by env, envFrom and imagePullSecrets. None unless named.'),
  exposures: listOf(z.enum(['LoadBalancer', 'Ingress']), 2)
    .optional()
    .describe("Ways past GuildNet's proxy that may be asked for. None unless named."),
});
export type Constraints = z.infer<typeof constraintsSchema>;

/** What one grant gives: a value of the tailnet's app capability `guildnet.io/cap`, and the heart of a Capability. */
export const grantSchema = z.strictObject({
  actions: listOf(actionSchema, actions.length).describe('What may be done.'),
  selector: selectorSchema.optional().describe('Which workspaces it is about; all unless given.'),
  constraints: constraintsSchema.optional().describe('Its limits.'),
});
export type GrantText = z.infer<typeof grantSchema>;

/** Whom a Capability is for. */
export const subjectSchema = z
  .strictObject({
    kind: z
      .enum(['User', 'Tag', 'Device', 'Everyone'])
      .describe(
        'User: a login of the tailnet. Tag: of a device (tag:ci). Device: its stable id. Everyone: who reaches the host.',
      ),
    name: textOf(320).min(1).optional().describe('The login, tag or id; none for Everyone.'),
  })
  .refine(({ kind, name }) => (kind === 'Everyone') === (name === undefined), {
    message: 'every subject but Everyone has a name',
    path: ['name'],
  })
  .meta(
    rules({
      rule: "(self.kind == 'Everyone') != has(self.name)",
      message: 'every subject but Everyone has a name',
    }),
  );
export type Subject = z.infer<typeof subjectSchema>;

/** The answer to "may I?", with the rule that decided. */
export const decisionSchema = z.object({
  allowed: z.boolean(),
  /** `local-user`, `open-door/…` where there is no policy, `capability/<name>`, `tailnet/<n>`, `no-grant`; of a denial with the field that is in the way. */
  rule: textOf(longest.reason),
  /** The same in words. */
  reason: textOf(longest.message),
});
export type Decision = z.infer<typeof decisionSchema>;

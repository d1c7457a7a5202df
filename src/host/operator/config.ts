import { z } from 'zod';

/** What the operator is told from outside (specification, "Useful Environment Variables"). */
export const operatorConfigSchema = z.object({
  /** PASSWORD of code-server images whose workspace sets none. Never logged. */
  agentDefaultPassword: z.string().min(1).default('changeme'),
  /** Name of a Secret that every workspace may pull its image with. */
  imagePullSecret: z.string().min(1).optional(),
});
export type OperatorConfig = z.infer<typeof operatorConfigSchema>;

/** AGENT_DEFAULT_PASSWORD and K8S_IMAGE_PULL_SECRET; empty means unset. */
export function operatorConfigFromEnv(env: NodeJS.ProcessEnv): OperatorConfig {
  const set = (value: string | undefined): string | undefined => (value === '' ? undefined : value);
  return operatorConfigSchema.parse({
    agentDefaultPassword: set(env['AGENT_DEFAULT_PASSWORD']),
    imagePullSecret: set(env['K8S_IMAGE_PULL_SECRET']),
  });
}

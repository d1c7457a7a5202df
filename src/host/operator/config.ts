import { z } from 'zod';
import { longest, textOf } from '#contract/bounded.ts';
import { GuildNetError } from '#contract/errors.ts';

const domainName = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const objectName = textOf(longest.name).regex(domainName, {
  error: (issue) => `"${String(issue.input)}" is not a name in Kubernetes`,
});
const httpUrl = textOf(longest.url).check(
  z.url({ protocol: /^https?$/, error: (issue) => `"${String(issue.input)}" is not an http(s) URL` }),
);

/** What the operator is told from outside (specification, "Useful Environment Variables"). */
export const operatorConfigSchema = z.object({
  /**
   * PASSWORD of code-server images whose workspace sets none; `generate` asks for a random one each. Unset: `changeme`, but for
   * the presets and our own images, which get random ones then. Never logged.
   */
  agentDefaultPassword: textOf(longest.argument).min(1).optional(),
  /** Name of a Secret that every workspace may pull its image with. */
  imagePullSecret: objectName.optional(),
  /** Workspaces that do not say otherwise get a load balancer. */
  loadBalancer: z.boolean().default(false),
  /** MetalLB's address pool for load balancers. */
  loadBalancerPool: objectName.optional(),
  /** Without a load balancer, workspaces that do not say otherwise get an Ingress at `<id>.<domain>`. */
  // With the longest name and a dot before it, a host name has at most 253 characters.
  domain: textOf(189)
    .regex(domainName, { error: (issue) => `"${String(issue.input)}" is not a domain` })
    .optional(),
  ingressClass: objectName.default('nginx'),
  /** cert-manager ClusterIssuer that certifies Ingresses. */
  certIssuer: objectName.optional(),
  /** Where nginx asks whether a request may pass, and where it sends people to sign in. */
  ingressAuthUrl: httpUrl.optional(),
  ingressAuthSignin: httpUrl.optional(),
  /** Keeps workspaces from reaching one another over the network. Unset: wherever NetworkPolicies may be made. */
  networkPolicy: z.boolean().optional(),
});
export type OperatorConfig = z.infer<typeof operatorConfigSchema>;

/** The variable of every setting. */
export const operatorVariables = {
  agentDefaultPassword: 'AGENT_DEFAULT_PASSWORD',
  imagePullSecret: 'K8S_IMAGE_PULL_SECRET',
  loadBalancer: 'WORKSPACE_LB',
  loadBalancerPool: 'WORKSPACE_LB_POOL',
  domain: 'WORKSPACE_DOMAIN',
  ingressClass: 'INGRESS_CLASS_NAME',
  certIssuer: 'CERT_MANAGER_ISSUER',
  ingressAuthUrl: 'INGRESS_AUTH_URL',
  ingressAuthSignin: 'INGRESS_AUTH_SIGNIN',
  networkPolicy: 'WORKSPACE_NETWORK_POLICY',
} as const satisfies Record<keyof OperatorConfig, string>;

const switches: ReadonlySet<string> = new Set(['loadBalancer', 'networkPolicy'] satisfies (keyof OperatorConfig)[]);

/**
 * The operator's settings from the environment; empty means unset. Switches take `1`/`true`/`yes`/`on` and their opposites.
 * Throws `bad_config` naming each variable that is wrong; a password is never part of the message.
 */
export function operatorConfigFromEnv(env: NodeJS.ProcessEnv): OperatorConfig {
  const parsed = parseOperatorConfig(env, (setting) => operatorVariables[setting]);
  if ('config' in parsed) return parsed.config;
  const { problems } = parsed;
  throw new GuildNetError('bad_config', `${problems.join('\n')}.`, {
    remedy: 'Mend the variable, or leave it out to use the default.',
    details: { problems },
  });
}

/** The same, or what is wrong with each setting, behind what `placeOf` calls it. Pure. */
export function parseOperatorConfig(
  env: NodeJS.ProcessEnv,
  placeOf: (setting: keyof OperatorConfig) => string,
): { config: OperatorConfig } | { problems: string[] } {
  const given = Object.fromEntries(
    Object.entries(operatorVariables).map(([setting, name]) => {
      // A password may have spaces at its ends; nothing else has.
      const text = setting === 'agentDefaultPassword' ? env[name] : env[name]?.trim();
      if (text === undefined || text === '') return [setting, undefined];
      return [setting, switches.has(setting) ? readSwitch(text) : text];
    }),
  );
  const parsed = operatorConfigSchema.safeParse(given);
  if (parsed.success) return { config: parsed.data };
  return {
    problems: parsed.error.issues.map(({ path, message }) => `${placeOf(path[0] as keyof OperatorConfig)}: ${message}`),
  };
}

/** Text that is no switch is left for the schema to refuse. */
function readSwitch(text: string): boolean | string {
  if (/^(1|true|yes|on)$/i.test(text)) return true;
  return /^(0|false|no|off)$/i.test(text) ? false : text;
}

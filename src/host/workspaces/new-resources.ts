import { GuildNetError } from '#contract/errors.ts';
import type { Job } from '#contract/server.ts';
import { workspaceSpecSchema } from '#contract/workspace.ts';
import type { WorkspaceSpec } from '#contract/workspace.ts';

type Resources = NonNullable<WorkspaceSpec['resources']>;
interface Amounts {
  cpu?: string | undefined;
  memory?: string | undefined;
}

const examples = { cpu: '"500m" or "2"', memory: '"512Mi" or "4Gi"' } as const;

/**
 * What a launch request asks for, as requests and limits. What stands at the top is both, since the specification has one value for
 * each; `requests` and `limits` win over it. Blank amounts are none. Throws `invalid_spec` naming the field.
 */
export function newResources({ resources = {} }: Pick<Job, 'resources'>): Resources | undefined {
  const both = checked('resources', resources);
  const requests = { ...both, ...checked('resources.requests', resources.requests) };
  const limits = { ...both, ...checked('resources.limits', resources.limits) };
  const made = {
    ...(Object.keys(requests).length === 0 ? {} : { requests }),
    ...(Object.keys(limits).length === 0 ? {} : { limits }),
  };
  return Object.keys(made).length === 0 ? undefined : made;
}

function checked(place: string, amounts: Amounts = {}): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of ['cpu', 'memory'] as const) {
    const amount = amounts[name]?.trim() ?? '';
    if (amount === '') continue;
    if (!workspaceSpecSchema.shape.resources.safeParse({ limits: { [name]: amount } }).success) {
      throw new GuildNetError('invalid_spec', `"${amount.slice(0, 80)}" is not an amount of ${name}.`, {
        remedy: `Write for example ${examples[name]}.`,
        details: { field: `${place}.${name}` },
      });
    }
    found[name] = amount;
  }
  return found;
}

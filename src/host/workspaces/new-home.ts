import { parseDuration } from '#contract/duration.ts';
import { GuildNetError } from '#contract/errors.ts';
import type { ImageDefaults } from '#contract/image-defaults.ts';
import type { Job } from '#contract/server.ts';
import { workspaceSpecSchema } from '#contract/workspace.ts';
import type { WorkspaceSpec } from '#contract/workspace.ts';

type Home = NonNullable<WorkspaceSpec['home']>;

const fields = workspaceSpecSchema.shape.home.unwrap().shape;

/** What makes each field right, in words. */
const remedies = {
  size: 'Write for example "10Gi".',
  storageClass: 'Use the name of a StorageClass, or leave it out for the default one.',
  mountPath: 'Use an absolute path, such as "/home/coder".',
  retain: 'Write for example "168h" or "90m"; days have no unit.',
} as const;

/**
 * The home of a new workspace. What people keep files in gets one without being asked: presets that say so, and images that are
 * IDEs by their name. Throws `invalid_spec` naming the field.
 */
export function newHome(asked: Job['home'], known: ImageDefaults['home']): Home | undefined {
  if (asked === false || (asked === undefined && known === undefined)) return undefined;
  const given: Partial<Record<keyof typeof remedies, string>> = {};
  for (const name of ['size', 'storageClass', 'mountPath', 'retain'] as const) {
    const value = asked?.[name]?.trim() ?? '';
    if (value === '') continue;
    const readable = name !== 'retain' || parseDuration(value) !== undefined;
    if (!readable || !fields[name].safeParse(value).success) throw wrong(name, value);
    given[name] = value;
  }
  return {
    ...(known?.mountPath === undefined ? {} : { mountPath: known.mountPath }),
    ...(known?.size === undefined ? {} : { size: known.size }),
    ...given,
  };
}

function wrong(name: keyof typeof remedies, value: string): GuildNetError {
  return new GuildNetError('invalid_spec', `"${value.slice(0, 80)}" cannot be the ${name} of a home.`, {
    remedy: remedies[name],
    details: { field: `home.${name}` },
  });
}

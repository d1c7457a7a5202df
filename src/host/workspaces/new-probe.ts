import { GuildNetError } from '#contract/errors.ts';
import type { Job } from '#contract/server.ts';
import { probe, probeKinds } from '#contract/spec/probe.ts';
import type { WorkspaceSpec } from '#contract/workspace.ts';

/** How a new workspace is probed; nothing where the request says nothing. Throws `invalid_spec` naming the field. */
export function newProbe(asked: Job['probe']): WorkspaceSpec['probe'] {
  const kind = asked?.kind?.trim() ?? '';
  const path = asked?.path?.trim() ?? '';
  if (kind === '' && path === '') return undefined;
  const known = probeKinds.find((one) => one === kind);
  if (kind !== '' && known === undefined)
    throw wrong('probe.kind', `"${kind.slice(0, 80)}" is no kind of probe.`, `Write one of ${probeKinds.join(', ')}.`);
  if (path === '') return known === undefined ? undefined : { kind: known };
  if (known === 'tcp' || known === 'none')
    throw wrong('probe.path', `A probe of the kind ${known} asks for no path.`, 'Leave the path out, or write http.');
  const made = { ...(known === undefined ? {} : { kind: known }), path };
  if (probe.safeParse(made).success) return made;
  throw wrong('probe.path', `"${path.slice(0, 80)}" is not a path.`, 'Write for example "/health".');
}

function wrong(field: string, message: string, remedy: string): GuildNetError {
  return new GuildNetError('invalid_spec', message, { remedy, details: { field } });
}
